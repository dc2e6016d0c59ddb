package dev.nemotron.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads tokens such as {@code <0xE4>} as bytes. A run of them is one token of text if it is UTF-8, else a U+FFFD for
 * each byte; so it is held back until it ends.
 */
final class ByteFallbackDecoder implements TokenSink {

    private final TokenSink next;
    private final StringBuilder token = new StringBuilder();
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();

    ByteFallbackDecoder(TokenSink next) {
        this.next = next;
    }

    /** Returns the byte that a token stands for, or -1. */
    static int byteOf(String token) {
        if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
            return -1;
        }
        int high = Character.digit(token.charAt(3), 16);
        int low = Character.digit(token.charAt(4), 16);
        boolean ascii = token.charAt(3) < 0x80 && token.charAt(4) < 0x80;
        return ascii && high >= 0 && low >= 0 ? (high << 4) | low : -1;
    }

    @Override
    public void text(String part) {
        token.append(part);
    }

    @Override
    public void endToken() {
        String whole = token.toString();
        token.setLength(0);
        int value = byteOf(whole);
        if (value >= 0) {
            run.write(value);
            return;
        }
        endRun();
        next.text(whole);
        next.endToken();
    }

    @Override
    public void finish() {
        endRun();
        next.finish();
    }

    private void endRun() {
        if (run.size() == 0) {
            return;
        }
        byte[] bytes = run.toByteArray();
        run.reset();
        try {
            next.text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
            next.endToken();
        } catch (CharacterCodingException e) {
            for (int i = 0; i < bytes.length; i++) {
                next.text("\ufffd");
                next.endToken();
            }
        }
    }
}
