package dev.nemotron.backend.cpu;

import dev.nemotron.spi.Buffer;
import java.lang.foreign.MemorySegment;

/** A buffer in this machine's memory. */
record CpuBuffer(MemorySegment segment) implements Buffer {

    static MemorySegment of(Buffer buffer) {
        return ((CpuBuffer) buffer).segment;
    }

    @Override
    public long floats() {
        return segment.byteSize() / Float.BYTES;
    }
}
