package dev.nemotron.layer;

import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Step;

/**
 * Mamba-2 mixer (2.3): input projection to gate, channels and time steps; causal convolution; selective scan; gated group
 * norm; output projection.
 *
 * @param backend makes the states
 * @param input [projectedWidth, D]
 * @param parameters of convolution and scan
 * @param norm [H·P]; the norm comes after the gate, over each of the G groups
 * @param output [D, H·P]
 */
public record Mamba2Mixer(Backend backend, Linear input, MambaParameters parameters, RmsNorm norm, Linear output)
        implements Mixer {

    @Override
    public void forward(Step step, int layer, Buffer normed, Workspace workspace, Buffer out) {
        int rows = step.rows();
        ScanShape shape = parameters.shape();
        Buffer projected = workspace.take(Slot.PROJECTED, (long) rows * shape.projectedWidth());
        Buffer y = workspace.take(Slot.INNER, (long) rows * shape.innerWidth());
        input.forward(backend, step, normed, projected);
        backend.mamba(parameters, step, layer, projected, y);
        backend.gatedNorm(y, projected, norm.weight(), norm.epsilon(), shape, rows);
        output.forward(backend, step, y, out);
    }

    @Override
    public LayerState newState() {
        return backend.mambaState(parameters);
    }
}
