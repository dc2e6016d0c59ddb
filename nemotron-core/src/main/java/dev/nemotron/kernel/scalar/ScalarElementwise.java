package dev.nemotron.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Operations that treat each element by itself. */
final class ScalarElementwise {

    private ScalarElementwise() {}

    static void squaredRelu(MemorySegment x, long from, long to) {
        for (long i = from; i < to; i++) {
            float positive = Math.max(0f, x.getAtIndex(JAVA_FLOAT, i));
            x.setAtIndex(JAVA_FLOAT, i, positive * positive);
        }
    }

    static void add(MemorySegment delta, MemorySegment x, long from, long to) {
        for (long i = from; i < to; i++) {
            x.setAtIndex(JAVA_FLOAT, i, x.getAtIndex(JAVA_FLOAT, i) + delta.getAtIndex(JAVA_FLOAT, i));
        }
    }

    static void addScaled(
            float scale, MemorySegment delta, long deltaOffset, MemorySegment x, long xOffset, long count) {
        for (long i = 0; i < count; i++) {
            float sum = Math.fma(
                    scale, delta.getAtIndex(JAVA_FLOAT, deltaOffset + i), x.getAtIndex(JAVA_FLOAT, xOffset + i));
            x.setAtIndex(JAVA_FLOAT, xOffset + i, sum);
        }
    }

    static void scale(float factor, MemorySegment x, long offset, long count) {
        for (long i = offset; i < offset + count; i++) {
            x.setAtIndex(JAVA_FLOAT, i, x.getAtIndex(JAVA_FLOAT, i) * factor);
        }
    }
}
