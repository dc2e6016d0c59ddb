package dev.nemotron.layer;

import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.Step;

/**
 * Squared-ReLU perceptron without a gate (2.5): down · max(0, up · u)².
 *
 * @param up [F, D]
 * @param down [D, F]
 */
public record Mlp(Linear up, Linear down) implements Mixer {

    @Override
    public void forward(Step step, int layer, Buffer normed, Workspace workspace, Buffer out) {
        int rows = step.rows();
        long floats = (long) rows * up.outputs();
        Buffer hidden = workspace.take(Slot.PROJECTED, floats);
        up.forward(workspace.backend(), step, normed, hidden);
        workspace.backend().squaredRelu(hidden, floats);
        down.forward(workspace.backend(), step, hidden, out);
    }

    @Override
    public LayerState newState() {
        return NoState.INSTANCE;
    }
}
