package dev.nemotron.tokenizer;

/**
 * Makes spaces visible, as SentencePiece does, and cuts before each.
 *
 * @param replacement stands for a space, usually U+2581
 * @param prepend when a text that does not begin with it gets one
 * @param cut whether each replacement begins a new piece
 */
record MetaspacePreTokenizer(String replacement, Prepend prepend, boolean cut) implements PreTokenizer {

    /** When a text gets a replacement character in front. */
    enum Prepend {
        /** Each stretch of text. */
        ALWAYS,
        /** Only the one at the very beginning. */
        FIRST,
        /** None. */
        NEVER
    }

    @Override
    public void split(char[] text, int from, int to, boolean first, PieceSink out) {
        String visible = new String(text, from, to - from).replace(" ", replacement);
        boolean wanted = prepend == Prepend.ALWAYS || (prepend == Prepend.FIRST && first);
        if (wanted && !visible.startsWith(replacement)) {
            visible = replacement + visible;
        }
        char[] characters = visible.toCharArray();
        if (cut) {
            SplitBehavior.MERGED_WITH_NEXT.split(
                    SplitPattern.literal(replacement), false, characters, 0, characters.length, first, out);
        } else {
            out.piece(characters, 0, characters.length, first);
        }
    }
}
