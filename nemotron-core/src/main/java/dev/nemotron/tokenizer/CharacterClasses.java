package dev.nemotron.tokenizer;

/** The sets of characters that pre-tokenizer patterns name, as bit masks of one table look-up. */
final class CharacterClasses {

    /** {@code \p{L}}. */
    static final int LETTER = 1;
    /** {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}: what may stand in the capital part of a word. */
    static final int CAPITAL = 2;
    /** {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}: what may stand in the small part of a word. */
    static final int SMALL = 4;
    /** {@code \p{N}}. */
    static final int NUMBER = 8;
    /** {@code \p{M}}. */
    static final int MARK = 16;
    /** {@code \s}: the property White_Space. */
    static final int SPACE = 32;
    /** {@code [\r\n]}. */
    static final int NEWLINE = 64;
    /** {@code \w}: alphabetic characters, marks, decimal digits, connectors and joiners. */
    static final int WORD = 128;

    private static final byte[] MASKS = masks();

    private CharacterClasses() {}

    /** Returns the classes of a code point, an or of the constants. */
    static int of(int codePoint) {
        return MASKS[codePoint] & 0xff;
    }

    /** Tells whether a code point belongs to one of the classes of a mask. */
    static boolean is(int codePoint, int mask) {
        return (MASKS[codePoint] & mask) != 0;
    }

    private static byte[] masks() {
        byte[] masks = new byte[Character.MAX_CODE_POINT + 1];
        for (int c = 0; c < masks.length; c++) {
            masks[c] = (byte) byCategory(UnicodeCategories.of(c));
        }
        for (int c : new int[] {'\t', '\n', 0x0b, '\f', '\r', 0x85}) {
            masks[c] |= SPACE;
        }
        masks['\n'] |= NEWLINE;
        masks['\r'] |= NEWLINE;
        masks[0x200c] |= (byte) WORD;
        masks[0x200d] |= (byte) WORD;
        alphabeticSymbols(masks, 0x24b6, 0x24e9);
        alphabeticSymbols(masks, 0x1f130, 0x1f149);
        alphabeticSymbols(masks, 0x1f150, 0x1f169);
        alphabeticSymbols(masks, 0x1f170, 0x1f189);
        return masks;
    }

    /** Letters in circles and squares are symbols by category but alphabetic by property. */
    private static void alphabeticSymbols(byte[] masks, int first, int last) {
        for (int c = first; c <= last; c++) {
            masks[c] |= (byte) WORD;
        }
    }

    private static int byCategory(int category) {
        return switch (category) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | CAPITAL | WORD;
            case Character.LOWERCASE_LETTER -> LETTER | SMALL | WORD;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | CAPITAL | SMALL | WORD;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                MARK | CAPITAL | SMALL | WORD;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER -> NUMBER | WORD;
            case Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            case Character.CONNECTOR_PUNCTUATION -> WORD;
            default -> 0;
        };
    }
}
