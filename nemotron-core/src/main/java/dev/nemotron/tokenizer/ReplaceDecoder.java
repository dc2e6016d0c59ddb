package dev.nemotron.tokenizer;

import java.util.function.UnaryOperator;

/** Rewrites each token. */
final class ReplaceDecoder implements TokenSink {

    private final UnaryOperator<String> rewrite;
    private final boolean partByPart;
    private final TokenSink next;
    private final StringBuilder token = new StringBuilder();

    /**
     * Creates a stage.
     *
     * @param rewrite makes the new token of the old one
     * @param partByPart whether it may see a token in parts, or must see it whole
     * @param next takes the new tokens
     */
    ReplaceDecoder(UnaryOperator<String> rewrite, boolean partByPart, TokenSink next) {
        this.rewrite = rewrite;
        this.partByPart = partByPart;
        this.next = next;
    }

    @Override
    public void text(String part) {
        if (partByPart) {
            next.text(rewrite.apply(part));
        } else {
            token.append(part);
        }
    }

    @Override
    public void endToken() {
        if (!partByPart) {
            next.text(rewrite.apply(token.toString()));
            token.setLength(0);
        }
        next.endToken();
    }

    @Override
    public void finish() {
        next.finish();
    }
}
