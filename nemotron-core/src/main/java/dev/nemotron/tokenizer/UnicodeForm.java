package dev.nemotron.tokenizer;

import java.text.Normalizer.Form;
import java.util.BitSet;

/**
 * A Unicode normalisation form with the tables of Unicode 9, which the tokenizers of the field use: characters that
 * took part in normalisation only later stand for themselves and separate what is around them.
 *
 * @param form the form
 */
record UnicodeForm(Form form) implements Normalizer {

    /** No character below this one changes in form C, or composes with one that is below it. */
    private static final char FIRST_COMBINING = 0x300;

    private static final BitSet LATER = later();

    @Override
    public String normalize(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder normalized = new StringBuilder(text.length() + 16);
        int open = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            if (LATER.get(codePoint)) {
                normalized.append(java.text.Normalizer.normalize(text.substring(open, i), form));
                normalized.appendCodePoint(codePoint);
                open = next;
            }
            i = next;
        }
        return normalized
                .append(java.text.Normalizer.normalize(text.substring(open), form))
                .toString();
    }

    private boolean isPlain(String text) {
        char limit = form == Form.NFC ? FIRST_COMBINING : 0x80;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= limit) {
                return false;
            }
        }
        return true;
    }

    /** Later characters with a combining class or a decomposition, and what a later character is composed of. */
    private static BitSet later() {
        String ranges =
                "7fd 897-89f 8ca-8d3 9fe c3c d3b-d3c eba 1715 1abf-1ace 1df6-1dfa 32ff a7f2-a7f4 a82c ab69 105c9 105d2"
                        + " 105da 105e4 10781-10785 10787-107b0 107b2-107ba 10d24-10d27 10d69-10d6d 10eab-10eac 10efd-10eff"
                        + " 10f46-10f50 10f82-10f85 11070 1133b 11382-11385 1138b 1138e 11390-11391 113c2 113c5 113c7-113c8"
                        + " 113ce-113d0 1145e 11839-1183a 11935 11938 1193d-1193e 11943 119e0 11a34 11a47 11a99 11d42 11d44-11d45"
                        + " 11d97 11f41-11f42 1611e 16121-16129 1612f 16d63 16d67-16d6a 16ff0-16ff1 1ccd6-1ccf9 1e030-1e06d 1e08f"
                        + " 1e130-1e136 1e2ae 1e2ec-1e2ef 1e4ec-1e4ef 1e5ee-1e5ef 1f16c 1fbf0-1fbf9";
        return CodePointRanges.parse(ranges);
    }
}
