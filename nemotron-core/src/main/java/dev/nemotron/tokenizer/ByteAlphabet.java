package dev.nemotron.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The alphabet in which byte-level vocabularies are written: each byte is one printable character. Bytes that are
 * printable Latin-1 characters stand for themselves, the other 68 are mapped to U+0100 onwards in order.
 */
final class ByteAlphabet {

    private static final char[] CHARACTERS = characters();
    private static final short[] BYTES = bytes();

    private ByteAlphabet() {}

    /** Returns the character that stands for a byte (0 to 255). */
    static char character(int value) {
        return CHARACTERS[value];
    }

    /** Writes the UTF-8 bytes of a text in this alphabet. */
    static String write(char[] text, int from, int to) {
        byte[] utf8 = new String(text, from, to - from).getBytes(StandardCharsets.UTF_8);
        char[] written = new char[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            written[i] = CHARACTERS[utf8[i] & 0xff];
        }
        return new String(written);
    }

    /** Reads the bytes that a token stands for; one with a character outside the alphabet stands for its own UTF-8. */
    static byte[] read(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }

    private static char[] characters() {
        char[] characters = new char[256];
        char next = 0x100;
        for (char b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
            characters[b] = printable ? b : next++;
        }
        return characters;
    }

    private static short[] bytes() {
        short[] bytes = new short[0x100 + 68];
        Arrays.fill(bytes, (short) -1);
        for (short b = 0; b < 256; b++) {
            bytes[CHARACTERS[b]] = b;
        }
        return bytes;
    }
}
