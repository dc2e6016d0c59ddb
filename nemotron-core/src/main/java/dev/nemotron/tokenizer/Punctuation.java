package dev.nemotron.tokenizer;

import java.util.BitSet;

/** What counts as punctuation for the pre-tokenizer of that name: ASCII symbols and the punctuation of Unicode 8. */
final class Punctuation {

    private static final BitSet LATER =
            CodePointRanges.parse("61d 9fd a76 c77 c84 1b4e-1b4f 1b7d-1b7f 2e43-2e4f 2e52-2e5d"
                    + " 10d6e 10ead 10f55-10f59 10f86-10f89 113d4-113d5 113d7-113d8 1144b-1144f 1145a-1145b 1145d 11660-1166c 116b9"
                    + " 1183b 11944-11946 119e2 11a3f-11a46 11a9a-11a9c 11a9e-11aa2 11b00-11b09 11be1 11c41-11c45 11c70-11c71"
                    + " 11ef7-11ef8 11f43-11f4f 11fff 12ff1-12ff2 16d6d-16d6f 16e97-16e9a 16fe2 1e5ff 1e95e-1e95f");

    private Punctuation() {}

    static boolean contains(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7f && !Character.isLetterOrDigit(codePoint);
        }
        return switch (UnicodeCategories.of(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> !LATER.get(codePoint);
            // Two signs that were punctuation in Unicode 8.
            default -> codePoint == 0x166d || codePoint == 0x111c9;
        };
    }
}
