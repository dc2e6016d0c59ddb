package dev.nemotron.tokenizer;

import java.util.List;

/** Cuts text into the pieces that merges do not cross; may rewrite the text on the way. */
interface PreTokenizer {

    /**
     * Cuts a stretch of text as if nothing stood around it.
     *
     * @param text holds the stretch
     * @param from where it begins
     * @param to where it ends, exclusive
     * @param first whether it begins where the whole input begins
     * @param out takes the pieces
     */
    void split(char[] text, int from, int to, boolean first, PieceSink out);

    /** Hands the text on as it is. */
    PreTokenizer WHOLE = (text, from, to, first, out) -> out.piece(text, from, to, first);

    /** Runs several pre-tokenizers, each on the pieces of the one before it. */
    static PreTokenizer sequence(List<PreTokenizer> steps) {
        if (steps.isEmpty()) {
            return WHOLE;
        }
        PreTokenizer head = steps.getFirst();
        if (steps.size() == 1) {
            return head;
        }
        PreTokenizer tail = sequence(steps.subList(1, steps.size()));
        return (text, from, to, first, out) ->
                head.split(text, from, to, first, (t, a, b, f) -> tail.split(t, a, b, f, out));
    }
}
