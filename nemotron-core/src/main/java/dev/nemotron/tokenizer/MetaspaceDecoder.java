package dev.nemotron.tokenizer;

import dev.nemotron.json.JsonObject;

/** Turns visible spaces back into spaces; those of the first token were put there by the encoding. */
final class MetaspaceDecoder implements TokenSink {

    private final String replacement;
    private final TokenSink next;
    private boolean dropping;

    MetaspaceDecoder(char replacement, boolean prepended, TokenSink next) {
        this.replacement = String.valueOf(replacement);
        this.dropping = prepended;
        this.next = next;
    }

    /** Reads the character that stands for a space. */
    static String replacement(JsonObject spec) {
        String replacement = TokenizerFile.string(spec, "replacement");
        if (replacement.length() != 1) {
            throw spec.wrong("replacement", "one character", replacement);
        }
        return replacement;
    }

    @Override
    public void text(String part) {
        next.text(part.replace(replacement, dropping ? "" : " "));
    }

    @Override
    public void endToken() {
        dropping = false;
        next.endToken();
    }

    @Override
    public void finish() {
        next.finish();
    }
}
