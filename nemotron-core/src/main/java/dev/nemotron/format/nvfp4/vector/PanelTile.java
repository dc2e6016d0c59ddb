package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two decoded panels times six inputs, all sums in registers: the inner loop of a prompt. The order of the sums is that of
 * {@link PanelDots}.
 */
final class PanelTile {

    /** Panels that are multiplied together. */
    static final int PANELS = 2;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 6;

    /** Rows of the panels. */
    static final int ROWS = PANELS * Panels.ROWS;

    /** Columns that are multiplied at a time, so that the decoded panels stay in the first cache. */
    static final int COLUMNS = 256;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

    private PanelTile() {}

    /**
     * Multiplies a block of columns, in the order of the sums.
     *
     * @param first whether this is the first block; sums begin at 0 there, and else with what is there
     * @param columns the columns of the block, a multiple of 16
     * @param memory holds everything, each at its offset
     * @param codes where the codes' values begin: [columns][ROWS]
     * @param scales where the scales begin: [columns / 16][ROWS]
     * @param x where this block of the first input begins
     * @param stride from one input to the next
     * @param sums where the sums are: [INPUTS][ROWS]
     */
    static void multiply(
            boolean first, int columns, float[] memory, int codes, int scales, int x, int stride, int sums) {
        int x1 = x + stride;
        int x2 = x1 + stride;
        int x3 = x2 + stride;
        int x4 = x3 + stride;
        int x5 = x4 + stride;
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = a00;
        FloatVector a02 = a00;
        FloatVector a03 = a00;
        FloatVector a04 = a00;
        FloatVector a05 = a00;
        FloatVector a10 = a00;
        FloatVector a11 = a00;
        FloatVector a12 = a00;
        FloatVector a13 = a00;
        FloatVector a14 = a00;
        FloatVector a15 = a00;
        FloatVector s00 = a00;
        FloatVector s01 = a00;
        FloatVector s02 = a00;
        FloatVector s03 = a00;
        FloatVector s04 = a00;
        FloatVector s05 = a00;
        FloatVector s10 = a00;
        FloatVector s11 = a00;
        FloatVector s12 = a00;
        FloatVector s13 = a00;
        FloatVector s14 = a00;
        FloatVector s15 = a00;
        if (!first) {
            a00 = FloatVector.fromArray(FLOATS, memory, sums);
            a01 = FloatVector.fromArray(FLOATS, memory, sums + ROWS);
            a02 = FloatVector.fromArray(FLOATS, memory, sums + 2 * ROWS);
            a03 = FloatVector.fromArray(FLOATS, memory, sums + 3 * ROWS);
            a04 = FloatVector.fromArray(FLOATS, memory, sums + 4 * ROWS);
            a05 = FloatVector.fromArray(FLOATS, memory, sums + 5 * ROWS);
            a10 = FloatVector.fromArray(FLOATS, memory, sums + Panels.ROWS);
            a11 = FloatVector.fromArray(FLOATS, memory, sums + ROWS + Panels.ROWS);
            a12 = FloatVector.fromArray(FLOATS, memory, sums + 2 * ROWS + Panels.ROWS);
            a13 = FloatVector.fromArray(FLOATS, memory, sums + 3 * ROWS + Panels.ROWS);
            a14 = FloatVector.fromArray(FLOATS, memory, sums + 4 * ROWS + Panels.ROWS);
            a15 = FloatVector.fromArray(FLOATS, memory, sums + 5 * ROWS + Panels.ROWS);
        }
        for (int k = 0; k < columns; k++) {
            FloatVector w0 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS);
            FloatVector w1 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS + Panels.ROWS);
            FloatVector input = FloatVector.broadcast(FLOATS, memory[x + k]);
            s00 = w0.fma(input, s00);
            s10 = w1.fma(input, s10);
            input = FloatVector.broadcast(FLOATS, memory[x1 + k]);
            s01 = w0.fma(input, s01);
            s11 = w1.fma(input, s11);
            input = FloatVector.broadcast(FLOATS, memory[x2 + k]);
            s02 = w0.fma(input, s02);
            s12 = w1.fma(input, s12);
            input = FloatVector.broadcast(FLOATS, memory[x3 + k]);
            s03 = w0.fma(input, s03);
            s13 = w1.fma(input, s13);
            input = FloatVector.broadcast(FLOATS, memory[x4 + k]);
            s04 = w0.fma(input, s04);
            s14 = w1.fma(input, s14);
            input = FloatVector.broadcast(FLOATS, memory[x5 + k]);
            s05 = w0.fma(input, s05);
            s15 = w1.fma(input, s15);
            if (k % Panels.BLOCK == Panels.BLOCK - 1) {
                int block = scales + k / Panels.BLOCK * ROWS;
                FloatVector f0 = FloatVector.fromArray(FLOATS, memory, block);
                FloatVector f1 = FloatVector.fromArray(FLOATS, memory, block + Panels.ROWS);
                a00 = f0.fma(s00, a00);
                s00 = FloatVector.zero(FLOATS);
                a01 = f0.fma(s01, a01);
                s01 = FloatVector.zero(FLOATS);
                a02 = f0.fma(s02, a02);
                s02 = FloatVector.zero(FLOATS);
                a03 = f0.fma(s03, a03);
                s03 = FloatVector.zero(FLOATS);
                a04 = f0.fma(s04, a04);
                s04 = FloatVector.zero(FLOATS);
                a05 = f0.fma(s05, a05);
                s05 = FloatVector.zero(FLOATS);
                a10 = f1.fma(s10, a10);
                s10 = FloatVector.zero(FLOATS);
                a11 = f1.fma(s11, a11);
                s11 = FloatVector.zero(FLOATS);
                a12 = f1.fma(s12, a12);
                s12 = FloatVector.zero(FLOATS);
                a13 = f1.fma(s13, a13);
                s13 = FloatVector.zero(FLOATS);
                a14 = f1.fma(s14, a14);
                s14 = FloatVector.zero(FLOATS);
                a15 = f1.fma(s15, a15);
                s15 = FloatVector.zero(FLOATS);
            }
        }
        a00.intoArray(memory, sums);
        a01.intoArray(memory, sums + ROWS);
        a02.intoArray(memory, sums + 2 * ROWS);
        a03.intoArray(memory, sums + 3 * ROWS);
        a04.intoArray(memory, sums + 4 * ROWS);
        a05.intoArray(memory, sums + 5 * ROWS);
        a10.intoArray(memory, sums + Panels.ROWS);
        a11.intoArray(memory, sums + ROWS + Panels.ROWS);
        a12.intoArray(memory, sums + 2 * ROWS + Panels.ROWS);
        a13.intoArray(memory, sums + 3 * ROWS + Panels.ROWS);
        a14.intoArray(memory, sums + 4 * ROWS + Panels.ROWS);
        a15.intoArray(memory, sums + 5 * ROWS + Panels.ROWS);
    }
}
