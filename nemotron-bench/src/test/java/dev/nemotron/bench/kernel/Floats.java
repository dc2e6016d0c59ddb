package dev.nemotron.bench.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Off-heap floats, as the kernels take them. */
final class Floats {

    private Floats() {}

    static MemorySegment zeros(long count) {
        return Arena.ofAuto().allocate(count * Float.BYTES, 64);
    }

    /** Normally distributed numbers. */
    static MemorySegment random(long count) {
        SplittableRandom random = new SplittableRandom(count);
        MemorySegment floats = zeros(count);
        for (long i = 0; i < count; i++) {
            floats.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return floats;
    }

    static MemorySegment filled(long count, float value) {
        MemorySegment floats = zeros(count);
        for (long i = 0; i < count; i++) {
            floats.setAtIndex(JAVA_FLOAT, i, value);
        }
        return floats;
    }
}
