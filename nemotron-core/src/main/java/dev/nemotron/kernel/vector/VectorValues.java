package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The weighted sum of values for four heads. */
final class VectorValues {

    /** Vectors of a value that are summed together. */
    private static final int TOGETHER = 4;

    private VectorValues() {}

    /**
     * sums[i][p] += Σ_j weights[i][j]·values[j][p] for four heads i, in the order of the tokens j.
     *
     * @param memory holds everything
     * @param weights where the weights begin, rows of {@code PAGE_TOKENS}
     * @param values where the values begin, [tokens][width]
     * @param tokens how many
     * @param width the width of a head
     * @param sums where the sums begin, [4][width]
     */
    static void add(float[] memory, int weights, int values, int tokens, int width, int sums) {
        int p = 0;
        for (; p + TOGETHER * COUNT <= width; p += TOGETHER * COUNT) {
            addColumns(memory, weights, values + p, tokens, width, sums + p);
        }
        for (; p + COUNT <= width; p += COUNT) {
            addColumn(memory, weights, values + p, tokens, width, sums + p);
        }
        for (; p < width; p++) {
            for (int i = 0; i < 4; i++) {
                float sum = memory[sums + i * width + p];
                for (int j = 0; j < tokens; j++) {
                    sum = Math.fma(memory[weights + i * PAGE_TOKENS + j], memory[values + j * width + p], sum);
                }
                memory[sums + i * width + p] = sum;
            }
        }
    }

    private static void addColumns(float[] memory, int weights, int values, int tokens, int width, int sums) {
        int w1 = weights + PAGE_TOKENS;
        int w2 = w1 + PAGE_TOKENS;
        int w3 = w2 + PAGE_TOKENS;
        int out1 = sums + width;
        int out2 = out1 + width;
        int out3 = out2 + width;
        FloatVector s00 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector s01 = FloatVector.fromArray(FLOATS, memory, sums + COUNT);
        FloatVector s02 = FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT);
        FloatVector s03 = FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT);
        FloatVector s10 = FloatVector.fromArray(FLOATS, memory, out1);
        FloatVector s11 = FloatVector.fromArray(FLOATS, memory, out1 + COUNT);
        FloatVector s12 = FloatVector.fromArray(FLOATS, memory, out1 + 2 * COUNT);
        FloatVector s13 = FloatVector.fromArray(FLOATS, memory, out1 + 3 * COUNT);
        FloatVector s20 = FloatVector.fromArray(FLOATS, memory, out2);
        FloatVector s21 = FloatVector.fromArray(FLOATS, memory, out2 + COUNT);
        FloatVector s22 = FloatVector.fromArray(FLOATS, memory, out2 + 2 * COUNT);
        FloatVector s23 = FloatVector.fromArray(FLOATS, memory, out2 + 3 * COUNT);
        FloatVector s30 = FloatVector.fromArray(FLOATS, memory, out3);
        FloatVector s31 = FloatVector.fromArray(FLOATS, memory, out3 + COUNT);
        FloatVector s32 = FloatVector.fromArray(FLOATS, memory, out3 + 2 * COUNT);
        FloatVector s33 = FloatVector.fromArray(FLOATS, memory, out3 + 3 * COUNT);
        for (int j = 0; j < tokens; j++) {
            int at = values + j * width;
            FloatVector v0 = FloatVector.fromArray(FLOATS, memory, at);
            FloatVector v1 = FloatVector.fromArray(FLOATS, memory, at + COUNT);
            FloatVector v2 = FloatVector.fromArray(FLOATS, memory, at + 2 * COUNT);
            FloatVector v3 = FloatVector.fromArray(FLOATS, memory, at + 3 * COUNT);
            FloatVector weight = FloatVector.broadcast(FLOATS, memory[weights + j]);
            s00 = weight.fma(v0, s00);
            s01 = weight.fma(v1, s01);
            s02 = weight.fma(v2, s02);
            s03 = weight.fma(v3, s03);
            weight = FloatVector.broadcast(FLOATS, memory[w1 + j]);
            s10 = weight.fma(v0, s10);
            s11 = weight.fma(v1, s11);
            s12 = weight.fma(v2, s12);
            s13 = weight.fma(v3, s13);
            weight = FloatVector.broadcast(FLOATS, memory[w2 + j]);
            s20 = weight.fma(v0, s20);
            s21 = weight.fma(v1, s21);
            s22 = weight.fma(v2, s22);
            s23 = weight.fma(v3, s23);
            weight = FloatVector.broadcast(FLOATS, memory[w3 + j]);
            s30 = weight.fma(v0, s30);
            s31 = weight.fma(v1, s31);
            s32 = weight.fma(v2, s32);
            s33 = weight.fma(v3, s33);
        }
        s00.intoArray(memory, sums);
        s01.intoArray(memory, sums + COUNT);
        s02.intoArray(memory, sums + 2 * COUNT);
        s03.intoArray(memory, sums + 3 * COUNT);
        s10.intoArray(memory, out1);
        s11.intoArray(memory, out1 + COUNT);
        s12.intoArray(memory, out1 + 2 * COUNT);
        s13.intoArray(memory, out1 + 3 * COUNT);
        s20.intoArray(memory, out2);
        s21.intoArray(memory, out2 + COUNT);
        s22.intoArray(memory, out2 + 2 * COUNT);
        s23.intoArray(memory, out2 + 3 * COUNT);
        s30.intoArray(memory, out3);
        s31.intoArray(memory, out3 + COUNT);
        s32.intoArray(memory, out3 + 2 * COUNT);
        s33.intoArray(memory, out3 + 3 * COUNT);
    }

    private static void addColumn(float[] memory, int weights, int values, int tokens, int width, int sums) {
        int w1 = weights + PAGE_TOKENS;
        int w2 = w1 + PAGE_TOKENS;
        int w3 = w2 + PAGE_TOKENS;
        FloatVector s0 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector s1 = FloatVector.fromArray(FLOATS, memory, sums + width);
        FloatVector s2 = FloatVector.fromArray(FLOATS, memory, sums + 2 * width);
        FloatVector s3 = FloatVector.fromArray(FLOATS, memory, sums + 3 * width);
        for (int j = 0; j < tokens; j++) {
            FloatVector value = FloatVector.fromArray(FLOATS, memory, values + j * width);
            s0 = value.fma(FloatVector.broadcast(FLOATS, memory[weights + j]), s0);
            s1 = value.fma(FloatVector.broadcast(FLOATS, memory[w1 + j]), s1);
            s2 = value.fma(FloatVector.broadcast(FLOATS, memory[w2 + j]), s2);
            s3 = value.fma(FloatVector.broadcast(FLOATS, memory[w3 + j]), s3);
        }
        s0.intoArray(memory, sums);
        s1.intoArray(memory, sums + width);
        s2.intoArray(memory, sums + 2 * width);
        s3.intoArray(memory, sums + 3 * width);
    }
}
