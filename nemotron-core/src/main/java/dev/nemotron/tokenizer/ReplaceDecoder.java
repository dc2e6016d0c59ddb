package dev.nemotron.tokenizer;

/** Rewrites each token; holds one back until it is whole, unless parts can be rewritten by themselves. */
final class ReplaceDecoder implements TokenSink {

    private final Replacement replacement;
    private final TokenSink next;
    private final StringBuilder token = new StringBuilder();

    ReplaceDecoder(Replacement replacement, TokenSink next) {
        this.replacement = replacement;
        this.next = next;
    }

    @Override
    public void text(String part) {
        if (replacement.worksOnParts()) {
            next.text(replacement.apply(part));
        } else {
            token.append(part);
        }
    }

    @Override
    public void endToken() {
        if (!replacement.worksOnParts()) {
            next.text(replacement.apply(token.toString()));
            token.setLength(0);
        }
        next.endToken();
    }

    @Override
    public void finish() {
        next.finish();
    }
}
