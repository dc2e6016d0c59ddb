package dev.nemotron.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Off-heap floats, as the kernels take them, filled from a seed. */
public final class Floats {

    /** Zeros of both signs, subnormals, numbers whose squares overflow, infinities, NaN. */
    static final float[] EXTREMES = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL / 2,
        1e30f,
        -1e30f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    /** Rounding unit of FP32. */
    static final double UNIT = 0x1p-24;

    private Floats() {}

    public static MemorySegment zeros(long count) {
        return Arena.ofAuto().allocate(count * Float.BYTES, 64);
    }

    public static MemorySegment random(long seed, long count) {
        return random(seed, count, x -> x);
    }

    /** Gaussian numbers, mapped. */
    public static MemorySegment random(long seed, long count, DoubleUnaryOperator map) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment floats = zeros(count);
        for (long i = 0; i < count; i++) {
            floats.setAtIndex(JAVA_FLOAT, i, (float) map.applyAsDouble(random.nextGaussian()));
        }
        return floats;
    }

    public static MemorySegment of(float... values) {
        MemorySegment floats = zeros(values.length);
        MemorySegment.copy(values, 0, floats, JAVA_FLOAT, 0, values.length);
        return floats;
    }

    public static MemorySegment copy(MemorySegment floats) {
        MemorySegment copy = zeros(floats.byteSize() / Float.BYTES);
        return copy.copyFrom(floats);
    }

    public static float[] array(MemorySegment floats) {
        return floats.toArray(JAVA_FLOAT);
    }

    public static float get(MemorySegment floats, long index) {
        return floats.getAtIndex(JAVA_FLOAT, index);
    }
}
