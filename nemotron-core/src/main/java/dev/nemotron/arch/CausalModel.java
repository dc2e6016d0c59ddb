package dev.nemotron.arch;

import dev.nemotron.spi.Buffer;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A language model that is ready to compute. Confined to one thread at a time, like its backend. */
public interface CausalModel {

    /**
     * The number of tokens that the model knows.
     *
     * @return V
     */
    int vocabularySize();

    /**
     * The width of the hidden state.
     *
     * @return D
     */
    int hiddenSize();

    /**
     * Makes the state of a new sequence.
     *
     * @return an empty state
     */
    SequenceState newState();

    /**
     * Computes a step and advances the states of its sequences. The results stay valid until the next step.
     *
     * @param batch the new tokens and the wanted rows
     */
    default void forward(Batch batch) {
        boolean _ = forward(batch, () -> false);
    }

    /**
     * Computes a step as {@link #forward(Batch)} does, unless it becomes pointless on the way.
     *
     * @param batch the new tokens and the wanted rows
     * @param pointless asked between the blocks of the model; the step ends when it says so
     * @return whether the step was computed; if not, the states of its sequences are half advanced, good only to be closed
     */
    boolean forward(Batch batch, BooleanSupplier pointless);

    /**
     * The hidden state of the wanted rows after the last norm.
     *
     * @return [wanted][D], where the backend computes
     */
    Buffer hidden();

    /**
     * Computes the scores of the vocabulary for some of the wanted rows of the last step.
     *
     * @param first the first of them, counted among the wanted rows
     * @param count how many
     * @return [count][V], where the backend computes
     */
    Buffer logits(int first, int count);

    /**
     * The head that guesses further tokens.
     *
     * @return the draft head, or null where the checkpoint has none
     */
    @Nullable
    DraftHead draftHead();
}
