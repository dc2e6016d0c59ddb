package dev.nemotron.layer;

import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.Step;

/**
 * x ← x + mixer(norm(x)).
 *
 * @param norm the block's only norm
 * @param mixer what the block does
 */
public record Block(RmsNorm norm, Mixer mixer) {

    /**
     * Applies the block.
     *
     * @param step the step
     * @param layer the index of this layer in the states of the sequences
     * @param width D
     * @param stream [T][D], updated
     * @param workspace memory for what lies between
     */
    public void forward(Step step, int layer, int width, Buffer stream, Workspace workspace) {
        Backend backend = workspace.backend();
        long floats = (long) step.rows() * width;
        Buffer normed = workspace.take(Slot.NORMED, floats);
        Buffer mixed = workspace.take(Slot.MIXED, floats);
        norm.forward(backend, stream, step.rows(), normed);
        mixer.forward(step, layer, normed, workspace, mixed);
        backend.add(mixed, stream, floats);
    }
}
