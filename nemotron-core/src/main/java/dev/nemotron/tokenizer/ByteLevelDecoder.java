package dev.nemotron.tokenizer;

/** Reads tokens that are written in the {@link ByteAlphabet}; all of them together are one UTF-8 text. */
final class ByteLevelDecoder implements TokenSink {

    private final TokenSink next;
    private final StringBuilder token = new StringBuilder();
    private final Utf8Decoder utf8 = new Utf8Decoder();

    ByteLevelDecoder(TokenSink next) {
        this.next = next;
    }

    @Override
    public void text(String part) {
        token.append(part);
    }

    @Override
    public void endToken() {
        for (byte b : ByteAlphabet.read(token.toString())) {
            utf8.accept(b);
        }
        token.setLength(0);
        next.text(utf8.take());
    }

    @Override
    public void finish() {
        utf8.finish();
        next.text(utf8.take());
        next.endToken();
        next.finish();
    }
}
