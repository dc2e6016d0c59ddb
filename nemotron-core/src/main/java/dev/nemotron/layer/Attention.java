package dev.nemotron.layer;

import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.Step;

/**
 * Causal attention with shared key/value heads and without any encoding of positions (2.4).
 *
 * @param backend makes the states
 * @param shape the sizes
 * @param query [H·P, D]
 * @param key [K·P, D]
 * @param value [K·P, D]
 * @param output [D, H·P]
 */
public record Attention(Backend backend, AttentionShape shape, Linear query, Linear key, Linear value, Linear output)
        implements Mixer {

    @Override
    public void forward(Step step, int layer, Buffer normed, Workspace workspace, Buffer out) {
        int rows = step.rows();
        Buffer queries = workspace.take(Slot.PROJECTED, (long) rows * query.outputs());
        Buffer keys = workspace.take(Slot.KEYS, (long) rows * key.outputs());
        Buffer values = workspace.take(Slot.VALUES, (long) rows * value.outputs());
        Buffer attended = workspace.take(Slot.INNER, (long) rows * query.outputs());
        query.forward(backend, step, normed, queries);
        key.forward(backend, step, normed, keys);
        value.forward(backend, step, normed, values);
        backend.attention(shape, step, layer, queries, keys, values, attended);
        output.forward(backend, step, attended, out);
    }

    @Override
    public LayerState newState() {
        return backend.attentionState(shape);
    }
}
