package dev.nemotron.layer;

import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * Memory between the operations of a step, shared by all layers, since one layer runs at a time. A slot grows to the largest
 * size that was asked for, which the engine bounds by the rows of a step.
 */
public final class Workspace {

    /** What a piece of the workspace holds. Two slots are in use at once where a layer names two. */
    public enum Slot {
        /** The residual stream, [T][D]. */
        STREAM,
        /** A normed copy of the stream, [T][D]. */
        NORMED,
        /** The output of a mixer, [T][D]. */
        MIXED,
        /** A projection of the normed stream: of a Mamba-2 layer, queries, or the hidden layer of an MLP. */
        PROJECTED,
        /** The result that a mixer projects back. */
        INNER,
        /** Keys, [T][K·P], or the router's logits, [T][E]. */
        KEYS,
        /** Values, [T][K·P], or latent rows, [T][L]. */
        VALUES,
        /** The weighted sum of the routed experts. */
        ROUTED,
        /** The rows whose hidden state or logits are wanted, before the last norm. */
        WANTED,
        /** The embedding half of the draft head's input. */
        EMBEDDED,
        /** The input of the draft head's first projection, [T][2·D]. */
        JOINED
    }

    private final Backend backend;
    private final Map<Slot, Buffer> buffers = new EnumMap<>(Slot.class);

    /**
     * Creates an empty workspace.
     *
     * @param backend where the memory lives
     */
    public Workspace(Backend backend) {
        this.backend = backend;
    }

    /**
     * The backend that the layers compute on.
     *
     * @return the backend
     */
    public Backend backend() {
        return backend;
    }

    /**
     * Takes a slot.
     *
     * @param slot the slot
     * @param floats the least size
     * @return its memory; what it held before is undefined
     */
    public Buffer take(Slot slot, long floats) {
        Buffer buffer = buffers.get(slot);
        if (buffer == null || buffer.floats() < floats) {
            buffer = backend.allocate(floats);
            buffers.put(slot, buffer);
        }
        return buffer;
    }
}
