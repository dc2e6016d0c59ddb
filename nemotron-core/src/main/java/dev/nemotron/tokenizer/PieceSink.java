package dev.nemotron.tokenizer;

/** Takes the pieces that a pre-tokenizer cuts, in order. */
interface PieceSink {

    /**
     * Takes one piece, which is never empty.
     *
     * @param text holds the piece; read before the call returns
     * @param from where it begins
     * @param to where it ends, exclusive
     * @param first whether it begins where the whole input begins
     */
    void piece(char[] text, int from, int to, boolean first);
}
