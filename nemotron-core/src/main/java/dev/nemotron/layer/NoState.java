package dev.nemotron.layer;

import dev.nemotron.spi.LayerState;

/** The state of a layer that looks at one token at a time. */
public enum NoState implements LayerState {
    /** The only one. */
    INSTANCE;

    @Override
    public LayerState fork() {
        return this;
    }

    @Override
    public void commit(int tokens) {}

    @Override
    public long byteSize() {
        return 0;
    }

    @Override
    public void close() {}
}
