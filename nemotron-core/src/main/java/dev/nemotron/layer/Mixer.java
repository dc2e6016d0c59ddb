package dev.nemotron.layer;

import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.Step;

/** What a block does to the normed stream. */
public interface Mixer {

    /**
     * Computes the block's contribution.
     *
     * @param step the step
     * @param layer the index of this layer in the states of the sequences
     * @param normed [T][D]
     * @param workspace memory for what lies between
     * @param out [T][D]
     */
    void forward(Step step, int layer, Buffer normed, Workspace workspace, Buffer out);

    /**
     * Makes the state of this layer for a new sequence.
     *
     * @return the state; {@link NoState#INSTANCE} where the layer remembers nothing
     */
    LayerState newState();
}
