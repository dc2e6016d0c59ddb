package dev.nemotron.spi;

/**
 * One call of the engine: a ragged batch of sequences, each with any number of new tokens. The rows of all buffers of a step
 * are the new tokens, sequence by sequence. Rows of a sequence come in order.
 */
public interface Step {

    /**
     * The rows of the whole step.
     *
     * @return T
     */
    int rows();

    /**
     * The rows that are summed in the order of answers. Those after them belong to long prompts and are summed in another,
     * which is faster for hundreds of rows, wherever a backend has one. Which order a row has depends on its own sequence only.
     *
     * @return how many rows, the first of the step
     */
    int answerRows();

    /**
     * The sequences in the step.
     *
     * @return how many
     */
    int sequences();

    /**
     * Where a sequence's rows begin.
     *
     * @param sequence the sequence's place in the step
     * @return its first row
     */
    int firstRow(int sequence);

    /**
     * How many new tokens a sequence has.
     *
     * @param sequence the sequence's place in the step
     * @return its rows
     */
    int rows(int sequence);

    /**
     * What a layer remembers of a sequence.
     *
     * @param sequence the sequence's place in the step
     * @param layer the layer that is being computed
     * @return its state
     */
    LayerState state(int sequence, int layer);

    /**
     * Whether the sequence's tokens may be taken back: then its states are only advanced by {@link LayerState#commit}.
     *
     * @param sequence the sequence's place in the step
     * @return whether the step is provisional for it
     */
    boolean provisional(int sequence);
}
