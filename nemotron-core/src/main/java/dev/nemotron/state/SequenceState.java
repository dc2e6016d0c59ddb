package dev.nemotron.state;

import dev.nemotron.spi.LayerState;
import java.util.List;

/**
 * What a model remembers of one sequence: the states of its layers and how many tokens went in. Confined to one thread at a
 * time.
 */
public final class SequenceState implements AutoCloseable {

    private final List<LayerState> layers;
    private int length;
    private int provisional;
    private boolean closed;

    /**
     * Wraps the states of a new sequence.
     *
     * @param layers one state a layer, in the model's order
     */
    public SequenceState(List<LayerState> layers) {
        this(layers, 0);
    }

    private SequenceState(List<LayerState> layers, int length) {
        this.layers = List.copyOf(layers);
        this.length = length;
    }

    /**
     * Counts the tokens that went in, provisional ones not included.
     *
     * @return the position of the next token
     */
    public int length() {
        return length;
    }

    /**
     * The state of one layer.
     *
     * @param index the layer
     * @return its state
     */
    public LayerState layer(int index) {
        return layers.get(index);
    }

    /**
     * Notes that a step has been computed.
     *
     * @param tokens the tokens of the step
     * @param isProvisional whether {@link #commit} decides how many of them stay
     */
    public void advance(int tokens, boolean isProvisional) {
        requireCommitted();
        if (isProvisional) {
            provisional = tokens;
        } else {
            length += tokens;
        }
    }

    /**
     * Ends a provisional step: keeps its first tokens and takes the others back.
     *
     * @param tokens how many to keep, from 0 to the tokens of the step
     * @throws IllegalArgumentException if the step had fewer tokens
     */
    public void commit(int tokens) {
        if (tokens < 0 || tokens > provisional) {
            throw new IllegalArgumentException("cannot keep " + tokens + " of " + provisional + " provisional tokens");
        }
        for (LayerState layer : layers) {
            layer.commit(tokens);
        }
        length += tokens;
        provisional = 0;
    }

    /**
     * Copies the sequence; the copy and the original go separate ways.
     *
     * @return the copy
     * @throws IllegalStateException if a provisional step is not committed
     */
    public SequenceState fork() {
        requireCommitted();
        return new SequenceState(layers.stream().map(LayerState::fork).toList(), length);
    }

    /**
     * The memory that the sequence holds now.
     *
     * @return the size in bytes
     */
    public long byteSize() {
        return layers.stream().mapToLong(LayerState::byteSize).sum();
    }

    private void requireCommitted() {
        if (provisional != 0) {
            throw new IllegalStateException("a provisional step of " + provisional + " tokens was not committed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            layers.forEach(LayerState::close);
        }
    }
}
