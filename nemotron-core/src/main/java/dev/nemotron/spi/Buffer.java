package dev.nemotron.spi;

/** FP32 memory that a backend allocated and computes on; opaque to the layers. Freed with its backend. */
public interface Buffer {

    /**
     * The size.
     *
     * @return the size in floats
     */
    long floats();
}
