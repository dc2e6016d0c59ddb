package dev.nemotron.checkpoint;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** The bytes of a tensor that come into being while they are written, so that a file may be larger than the memory. */
@FunctionalInterface
public interface TensorContent {

    /**
     * Writes the bytes, little-endian and row-major.
     *
     * @param channel takes exactly as many bytes as the tensor has
     * @throws IOException if the channel refuses them
     */
    void writeTo(WritableByteChannel channel) throws IOException;
}
