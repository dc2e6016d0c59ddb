package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loop of everything that multiplies decoded rows with inputs: four by four dot products in registers. Everything
 * lies in one array, since C2 checks the bounds of an array once a loop and those of a segment at every access, or else
 * unrolls the loop until the sums no longer fit the registers.
 */
final class VectorTile {

    /** Rows that are multiplied together. */
    static final int ROWS = 4;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 4;

    private VectorTile() {}

    /**
     * Accumulates the lanes of Σ_c w_i[c]·x_j[c], each by fused multiply-add along the columns, from 0 where this is the
     * first block of columns and else from what is there.
     *
     * @param first whether this is the first block of columns
     * @param memory holds everything
     * @param w where the first row begins
     * @param rowStride from one row to the next
     * @param x where the first input begins
     * @param inputStride from one input to the next
     * @param columns the columns of the block, a multiple of the lanes
     * @param sums where the sums are, [ROWS][INPUTS][L]
     */
    static void accumulate(
            boolean first, float[] memory, int w, int rowStride, int x, int inputStride, int columns, int sums) {
        int w1 = w + rowStride;
        int w2 = w1 + rowStride;
        int w3 = w2 + rowStride;
        int x1 = x + inputStride;
        int x2 = x1 + inputStride;
        int x3 = x2 + inputStride;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        if (!first) {
            s00 = FloatVector.fromArray(FLOATS, memory, sums);
            s01 = FloatVector.fromArray(FLOATS, memory, sums + COUNT);
            s02 = FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT);
            s03 = FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT);
            s10 = FloatVector.fromArray(FLOATS, memory, sums + 4 * COUNT);
            s11 = FloatVector.fromArray(FLOATS, memory, sums + 5 * COUNT);
            s12 = FloatVector.fromArray(FLOATS, memory, sums + 6 * COUNT);
            s13 = FloatVector.fromArray(FLOATS, memory, sums + 7 * COUNT);
            s20 = FloatVector.fromArray(FLOATS, memory, sums + 8 * COUNT);
            s21 = FloatVector.fromArray(FLOATS, memory, sums + 9 * COUNT);
            s22 = FloatVector.fromArray(FLOATS, memory, sums + 10 * COUNT);
            s23 = FloatVector.fromArray(FLOATS, memory, sums + 11 * COUNT);
            s30 = FloatVector.fromArray(FLOATS, memory, sums + 12 * COUNT);
            s31 = FloatVector.fromArray(FLOATS, memory, sums + 13 * COUNT);
            s32 = FloatVector.fromArray(FLOATS, memory, sums + 14 * COUNT);
            s33 = FloatVector.fromArray(FLOATS, memory, sums + 15 * COUNT);
        }
        for (int c = 0; c < columns; c += COUNT) {
            FloatVector in0 = FloatVector.fromArray(FLOATS, memory, x + c);
            FloatVector in1 = FloatVector.fromArray(FLOATS, memory, x1 + c);
            FloatVector in2 = FloatVector.fromArray(FLOATS, memory, x2 + c);
            FloatVector in3 = FloatVector.fromArray(FLOATS, memory, x3 + c);
            FloatVector row = FloatVector.fromArray(FLOATS, memory, w + c);
            s00 = row.fma(in0, s00);
            s01 = row.fma(in1, s01);
            s02 = row.fma(in2, s02);
            s03 = row.fma(in3, s03);
            row = FloatVector.fromArray(FLOATS, memory, w1 + c);
            s10 = row.fma(in0, s10);
            s11 = row.fma(in1, s11);
            s12 = row.fma(in2, s12);
            s13 = row.fma(in3, s13);
            row = FloatVector.fromArray(FLOATS, memory, w2 + c);
            s20 = row.fma(in0, s20);
            s21 = row.fma(in1, s21);
            s22 = row.fma(in2, s22);
            s23 = row.fma(in3, s23);
            row = FloatVector.fromArray(FLOATS, memory, w3 + c);
            s30 = row.fma(in0, s30);
            s31 = row.fma(in1, s31);
            s32 = row.fma(in2, s32);
            s33 = row.fma(in3, s33);
        }
        s00.intoArray(memory, sums);
        s01.intoArray(memory, sums + COUNT);
        s02.intoArray(memory, sums + 2 * COUNT);
        s03.intoArray(memory, sums + 3 * COUNT);
        s10.intoArray(memory, sums + 4 * COUNT);
        s11.intoArray(memory, sums + 5 * COUNT);
        s12.intoArray(memory, sums + 6 * COUNT);
        s13.intoArray(memory, sums + 7 * COUNT);
        s20.intoArray(memory, sums + 8 * COUNT);
        s21.intoArray(memory, sums + 9 * COUNT);
        s22.intoArray(memory, sums + 10 * COUNT);
        s23.intoArray(memory, sums + 11 * COUNT);
        s30.intoArray(memory, sums + 12 * COUNT);
        s31.intoArray(memory, sums + 13 * COUNT);
        s32.intoArray(memory, sums + 14 * COUNT);
        s33.intoArray(memory, sums + 15 * COUNT);
    }

    /**
     * The same of one input, sums [ROWS][L].
     *
     * @param first whether this is the first block of columns
     * @param memory holds everything
     * @param w where the first row begins
     * @param rowStride from one row to the next
     * @param x where the input begins
     * @param columns the columns of the block, a multiple of the lanes
     * @param sums where the sums are
     */
    static void accumulateOne(boolean first, float[] memory, int w, int rowStride, int x, int columns, int sums) {
        int w1 = w + rowStride;
        int w2 = w1 + rowStride;
        int w3 = w2 + rowStride;
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        if (!first) {
            s0 = FloatVector.fromArray(FLOATS, memory, sums);
            s1 = FloatVector.fromArray(FLOATS, memory, sums + COUNT);
            s2 = FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT);
            s3 = FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT);
        }
        for (int c = 0; c < columns; c += COUNT) {
            FloatVector input = FloatVector.fromArray(FLOATS, memory, x + c);
            s0 = FloatVector.fromArray(FLOATS, memory, w + c).fma(input, s0);
            s1 = FloatVector.fromArray(FLOATS, memory, w1 + c).fma(input, s1);
            s2 = FloatVector.fromArray(FLOATS, memory, w2 + c).fma(input, s2);
            s3 = FloatVector.fromArray(FLOATS, memory, w3 + c).fma(input, s3);
        }
        s0.intoArray(memory, sums);
        s1.intoArray(memory, sums + COUNT);
        s2.intoArray(memory, sums + 2 * COUNT);
        s3.intoArray(memory, sums + 3 * COUNT);
    }
}
