package dev.nemotron.arch;

import dev.nemotron.spi.Buffer;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;

/**
 * Multi-token prediction (architecture specification 2.8): from the hidden state of position t and the token at t + 1,
 * guesses the token at t + 2; its own output serves as the hidden state of the next guess. Confined to one thread at a time.
 */
public interface DraftHead {

    /**
     * Makes the state of a new sequence.
     *
     * @return an empty state, apart from the trunk's
     */
    SequenceState newState();

    /**
     * Computes a step.
     *
     * @param batch the tokens at t + 1, one a row, and the wanted rows
     * @param hidden the hidden states at t, [T][D]: the trunk's after its last norm, or this head's of the step before; read
     *     before anything is overwritten, so {@link CausalModel#hidden} and {@link #hidden} themselves may be given
     */
    void forward(Batch batch, Buffer hidden);

    /**
     * The hidden state of the wanted rows of the last step.
     *
     * @return [wanted][D]
     */
    Buffer hidden();

    /**
     * Computes the scores of the vocabulary for some of the wanted rows of the last step.
     *
     * @param first the first of them, counted among the wanted rows
     * @param count how many
     * @return [count][V]
     */
    Buffer logits(int first, int count);
}
