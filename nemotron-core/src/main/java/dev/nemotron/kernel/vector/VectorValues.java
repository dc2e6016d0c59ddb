package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The weighted sum of values for four heads. */
final class VectorValues {

    private VectorValues() {}

    /**
     * sums[i][p] += Σ_j weights[i][j]·values[j][p] for four heads i, in the order of the tokens j.
     *
     * @param weights rows of {@code PAGE_TOKENS}
     * @param values [tokens][width]
     * @param sums [4][width]
     */
    static void add(
            MemorySegment weights,
            long weightsOffset,
            MemorySegment values,
            long valuesOffset,
            int tokens,
            int width,
            MemorySegment sums,
            long sumsOffset) {
        int p = 0;
        for (; p + 2 * COUNT <= width; p += 2 * COUNT) {
            addColumns(weights, weightsOffset, values, valuesOffset + p, tokens, width, sums, sumsOffset + p);
        }
        for (; p < width; p++) {
            for (int i = 0; i < 4; i++) {
                long place = sumsOffset + (long) i * width + p;
                float sum = sums.getAtIndex(JAVA_FLOAT, place);
                for (int j = 0; j < tokens; j++) {
                    float weight = weights.getAtIndex(JAVA_FLOAT, weightsOffset + (long) i * PAGE_TOKENS + j);
                    sum = Math.fma(weight, values.getAtIndex(JAVA_FLOAT, valuesOffset + (long) j * width + p), sum);
                }
                sums.setAtIndex(JAVA_FLOAT, place, sum);
            }
        }
    }

    private static void addColumns(
            MemorySegment weights,
            long weightsOffset,
            MemorySegment values,
            long valuesOffset,
            int tokens,
            int width,
            MemorySegment sums,
            long sumsOffset) {
        long next = FLOATS.vectorByteSize();
        long stride = (long) width * Float.BYTES;
        long out0 = sumsOffset * Float.BYTES;
        long out1 = out0 + stride;
        long out2 = out1 + stride;
        long out3 = out2 + stride;
        FloatVector s00 = FloatVector.fromMemorySegment(FLOATS, sums, out0, ORDER);
        FloatVector s01 = FloatVector.fromMemorySegment(FLOATS, sums, out0 + next, ORDER);
        FloatVector s10 = FloatVector.fromMemorySegment(FLOATS, sums, out1, ORDER);
        FloatVector s11 = FloatVector.fromMemorySegment(FLOATS, sums, out1 + next, ORDER);
        FloatVector s20 = FloatVector.fromMemorySegment(FLOATS, sums, out2, ORDER);
        FloatVector s21 = FloatVector.fromMemorySegment(FLOATS, sums, out2 + next, ORDER);
        FloatVector s30 = FloatVector.fromMemorySegment(FLOATS, sums, out3, ORDER);
        FloatVector s31 = FloatVector.fromMemorySegment(FLOATS, sums, out3 + next, ORDER);
        for (int j = 0; j < tokens; j++) {
            long at = valuesOffset * Float.BYTES + j * stride;
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, values, at, ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, values, at + next, ORDER);
            FloatVector weight = FloatVector.broadcast(FLOATS, weights.getAtIndex(JAVA_FLOAT, weightsOffset + j));
            s00 = weight.fma(v0, s00);
            s01 = weight.fma(v1, s01);
            weight = FloatVector.broadcast(FLOATS, weights.getAtIndex(JAVA_FLOAT, weightsOffset + PAGE_TOKENS + j));
            s10 = weight.fma(v0, s10);
            s11 = weight.fma(v1, s11);
            weight =
                    FloatVector.broadcast(FLOATS, weights.getAtIndex(JAVA_FLOAT, weightsOffset + 2L * PAGE_TOKENS + j));
            s20 = weight.fma(v0, s20);
            s21 = weight.fma(v1, s21);
            weight =
                    FloatVector.broadcast(FLOATS, weights.getAtIndex(JAVA_FLOAT, weightsOffset + 3L * PAGE_TOKENS + j));
            s30 = weight.fma(v0, s30);
            s31 = weight.fma(v1, s31);
        }
        s00.intoMemorySegment(sums, out0, ORDER);
        s01.intoMemorySegment(sums, out0 + next, ORDER);
        s10.intoMemorySegment(sums, out1, ORDER);
        s11.intoMemorySegment(sums, out1 + next, ORDER);
        s20.intoMemorySegment(sums, out2, ORDER);
        s21.intoMemorySegment(sums, out2 + next, ORDER);
        s30.intoMemorySegment(sums, out3, ORDER);
        s31.intoMemorySegment(sums, out3 + next, ORDER);
    }
}
