package dev.nemotron.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory for the states of sequences. What one sequence gives back the next one takes, so that a busy engine asks the
 * operating system for memory only while it grows. Segments can be shared: they return to the pool when the last owner
 * releases them. Thread-safe.
 */
final class SegmentPool implements AutoCloseable {

    private static final int ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final Map<Long, Deque<MemorySegment>> free = new HashMap<>();
    private final Map<Long, Integer> owners = new HashMap<>();

    /**
     * Takes a segment.
     *
     * @param bytes its size
     * @return the segment, filled with zeros, owned once
     */
    synchronized MemorySegment acquire(long bytes) {
        Deque<MemorySegment> ready = free.get(bytes);
        MemorySegment segment;
        if (ready == null || ready.isEmpty()) {
            segment = arena.allocate(bytes, ALIGNMENT);
        } else {
            segment = ready.pop().fill((byte) 0);
        }
        owners.put(segment.address(), 1);
        return segment;
    }

    /** Adds an owner. */
    synchronized void share(MemorySegment segment) {
        owners.merge(segment.address(), 1, Integer::sum);
    }

    /** Removes an owner. */
    synchronized void release(MemorySegment segment) {
        long address = segment.address();
        Integer count = owners.get(address);
        if (count == null) {
            throw new IllegalStateException("a segment was released twice");
        }
        if (count > 1) {
            owners.put(address, count - 1);
            return;
        }
        owners.remove(address);
        free.computeIfAbsent(segment.byteSize(), size -> new ArrayDeque<>()).push(segment);
    }

    @Override
    public void close() {
        arena.close();
    }
}
