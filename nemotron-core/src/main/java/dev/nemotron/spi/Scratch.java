package dev.nemotron.spi;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The memory that one thread uses up within a kernel; what it held before is undefined. Kernels stream weights and stored
 * activations from off-heap memory, and keep what they read again and again in arrays, whose bounds C2 checks once a loop.
 * Confined to one thread at a time.
 */
public final class Scratch {

    /**
     * Where kernels begin to use {@link #floats}: behind the header of an array that lies at the start of a region, which is
     * where G1 puts one that fills half a region, this is a multiple of 64 bytes. A vector load that crosses a line of the
     * cache takes twice the time; elsewhere nothing but that time is lost.
     */
    public static final int START = 12;

    /** Fills half of a region of G1 in heaps up to 16 GB. */
    private static final int LEAST_FLOATS = 1 << 20;

    private final MemorySegment segment;
    private float[] floats = {};
    private final Map<Class<?>, Object> kept = new HashMap<>();

    /**
     * Wraps off-heap memory.
     *
     * @param segment 64-byte aligned; as large as the kernel asks for
     */
    public Scratch(MemorySegment segment) {
        this.segment = segment;
    }

    /**
     * The off-heap part.
     *
     * @return the memory that this scratch was made of
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * The part on the heap. It grows to the largest size that was asked for and then stays, so that nothing is allocated in
     * steady state.
     *
     * @param count the floats that are needed from {@link #START}
     * @return an array, the same one for every call that it is long enough for
     * @throws ArithmeticException if there are no arrays of this length
     */
    public float[] floats(int count) {
        if (floats.length < Math.addExact(count, START)) {
            floats = new float[Math.max(LEAST_FLOATS, count + START)];
        }
        return floats;
    }

    /**
     * What a kernel keeps from call to call instead of making it anew.
     *
     * @param <T> its type
     * @param type its type
     * @param maker makes the first one
     * @return the same one for every call with this type
     */
    public <T> T kept(Class<T> type, Supplier<T> maker) {
        Object found = kept.get(type);
        if (found == null) {
            found = maker.get();
            kept.put(type, found);
        }
        return type.cast(found);
    }
}
