package dev.nemotron.tokenizer;

/**
 * The cuts of the byte-level pre-tokenizer. Its other half, writing the bytes in the {@link ByteAlphabet}, is done by
 * the model where this is the last step, which is the rule, and by {@link #spelledOut} otherwise.
 *
 * @param addPrefixSpace whether a text that does not begin with a space gets one
 * @param cut whether GPT-2's pattern cuts it
 */
record ByteLevelPreTokenizer(boolean addPrefixSpace, boolean cut) implements PreTokenizer {

    private static final Gpt2Pattern PATTERN = new Gpt2Pattern();

    @Override
    public void split(char[] text, int from, int to, boolean first, PieceSink out) {
        if (addPrefixSpace && text[from] != ' ') {
            char[] spaced = new char[to - from + 1];
            spaced[0] = ' ';
            System.arraycopy(text, from, spaced, 1, to - from);
            cut(spaced, 0, spaced.length, first, out);
        } else {
            cut(text, from, to, first, out);
        }
    }

    private void cut(char[] text, int from, int to, boolean first, PieceSink out) {
        if (cut) {
            SplitBehavior.ISOLATED.split(PATTERN, false, text, from, to, first, out);
        } else {
            out.piece(text, from, to, first);
        }
    }

    /** Returns this step with the bytes written out, for the pre-tokenizers after it to see. */
    PreTokenizer spelledOut() {
        return (text, from, to, first, out) -> split(text, from, to, first, (piece, a, b, f) -> {
            char[] spelled = ByteAlphabet.write(piece, a, b).toCharArray();
            out.piece(spelled, 0, spelled.length, f);
        });
    }
}
