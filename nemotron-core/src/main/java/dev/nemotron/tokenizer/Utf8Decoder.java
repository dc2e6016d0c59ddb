package dev.nemotron.tokenizer;

/**
 * Decodes UTF-8 byte by byte and lets only complete characters through. What is not UTF-8 becomes U+FFFD, one for each
 * longest beginning of a valid sequence (The Unicode Standard, 3.9, "U+FFFD Substitution of Maximal Subparts").
 */
final class Utf8Decoder {

    private static final char REPLACEMENT = 0xfffd;

    private final StringBuilder text = new StringBuilder();
    private int codePoint;
    private int missing;
    /** The bounds of the next continuation byte, narrower than usual after E0, ED, F0 and F4. */
    private int low;

    private int high;

    /** Takes the next byte. */
    void accept(byte value) {
        int b = value & 0xff;
        if (missing > 0) {
            if (b >= low && b <= high) {
                codePoint = (codePoint << 6) | (b & 0x3f);
                low = 0x80;
                high = 0xbf;
                if (--missing == 0) {
                    text.appendCodePoint(codePoint);
                }
                return;
            }
            text.append(REPLACEMENT);
            missing = 0;
        }
        begin(b);
    }

    private void begin(int b) {
        low = 0x80;
        high = 0xbf;
        if (b < 0x80) {
            text.append((char) b);
        } else if (b >= 0xc2 && b <= 0xdf) {
            missing = 1;
            codePoint = b & 0x1f;
        } else if (b >= 0xe0 && b <= 0xef) {
            missing = 2;
            codePoint = b & 0x0f;
            low = b == 0xe0 ? 0xa0 : 0x80;
            high = b == 0xed ? 0x9f : 0xbf;
        } else if (b >= 0xf0 && b <= 0xf4) {
            missing = 3;
            codePoint = b & 0x07;
            low = b == 0xf0 ? 0x90 : 0x80;
            high = b == 0xf4 ? 0x8f : 0xbf;
        } else {
            text.append(REPLACEMENT);
        }
    }

    /** Returns the characters that have become complete since the last call. */
    String take() {
        String complete = text.toString();
        text.setLength(0);
        return complete;
    }

    /** Ends the text: an incomplete character becomes U+FFFD. */
    void finish() {
        if (missing > 0) {
            text.append(REPLACEMENT);
            missing = 0;
        }
    }
}
