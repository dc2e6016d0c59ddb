package dev.nemotron.tokenizer;

/** Makes one token of all. */
record FuseDecoder(TokenSink next) implements TokenSink {

    @Override
    public void text(String part) {
        next.text(part);
    }

    @Override
    public void endToken() {
        // The fused token ends with the text.
    }

    @Override
    public void finish() {
        next.endToken();
        next.finish();
    }
}
