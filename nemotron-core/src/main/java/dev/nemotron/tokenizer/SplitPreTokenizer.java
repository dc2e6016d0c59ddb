package dev.nemotron.tokenizer;

/**
 * Cuts at a pattern.
 *
 * @param pattern the pattern
 * @param behavior what becomes of its matches
 * @param invert whether what it does not match counts as the match
 */
record SplitPreTokenizer(SplitPattern pattern, SplitBehavior behavior, boolean invert) implements PreTokenizer {

    @Override
    public void split(char[] text, int from, int to, boolean first, PieceSink out) {
        behavior.split(pattern, invert, text, from, to, first, out);
    }
}
