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
     * @param columns the columns of the block, a multiple of 16
     * @param memory holds everything, each at its offset
     * @param codes where the codes' values begin: [columns][ROWS]
     * @param scales where the scales begin: [columns / 16][ROWS]
     * @param x where this block of columns of the inputs begins: [columns][INPUTS]
     * @param starts where its starts begin: [columns / 16][INPUTS]
     * @param sums where the sums are that it adds to: [INPUTS][ROWS]
     */
    static void multiply(int columns, float[] memory, int codes, int scales, int x, int starts, int sums) {
        FloatVector a00 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector a01 = FloatVector.fromArray(FLOATS, memory, sums + ROWS);
        FloatVector a02 = FloatVector.fromArray(FLOATS, memory, sums + 2 * ROWS);
        FloatVector a03 = FloatVector.fromArray(FLOATS, memory, sums + 3 * ROWS);
        FloatVector a04 = FloatVector.fromArray(FLOATS, memory, sums + 4 * ROWS);
        FloatVector a05 = FloatVector.fromArray(FLOATS, memory, sums + 5 * ROWS);
        FloatVector a10 = FloatVector.fromArray(FLOATS, memory, sums + Panels.ROWS);
        FloatVector a11 = FloatVector.fromArray(FLOATS, memory, sums + ROWS + Panels.ROWS);
        FloatVector a12 = FloatVector.fromArray(FLOATS, memory, sums + 2 * ROWS + Panels.ROWS);
        FloatVector a13 = FloatVector.fromArray(FLOATS, memory, sums + 3 * ROWS + Panels.ROWS);
        FloatVector a14 = FloatVector.fromArray(FLOATS, memory, sums + 4 * ROWS + Panels.ROWS);
        FloatVector a15 = FloatVector.fromArray(FLOATS, memory, sums + 5 * ROWS + Panels.ROWS);
        FloatVector s00 = FloatVector.broadcast(FLOATS, memory[starts]);
        FloatVector s01 = FloatVector.broadcast(FLOATS, memory[starts + 1]);
        FloatVector s02 = FloatVector.broadcast(FLOATS, memory[starts + 2]);
        FloatVector s03 = FloatVector.broadcast(FLOATS, memory[starts + 3]);
        FloatVector s04 = FloatVector.broadcast(FLOATS, memory[starts + 4]);
        FloatVector s05 = FloatVector.broadcast(FLOATS, memory[starts + 5]);
        FloatVector s10 = s00;
        FloatVector s11 = s01;
        FloatVector s12 = s02;
        FloatVector s13 = s03;
        FloatVector s14 = s04;
        FloatVector s15 = s05;
        for (int k = 0; k < columns; k++) {
            FloatVector w0 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS);
            FloatVector w1 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS + Panels.ROWS);
            FloatVector input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS]);
            s00 = w0.fma(input, s00);
            s10 = w1.fma(input, s10);
            input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 1]);
            s01 = w0.fma(input, s01);
            s11 = w1.fma(input, s11);
            input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 2]);
            s02 = w0.fma(input, s02);
            s12 = w1.fma(input, s12);
            input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 3]);
            s03 = w0.fma(input, s03);
            s13 = w1.fma(input, s13);
            input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 4]);
            s04 = w0.fma(input, s04);
            s14 = w1.fma(input, s14);
            input = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 5]);
            s05 = w0.fma(input, s05);
            s15 = w1.fma(input, s15);
            if (k % Panels.BLOCK == Panels.BLOCK - 1) {
                int block = scales + k / Panels.BLOCK * ROWS;
                // Of the next block, or what nobody uses after the last.
                int start = starts + (k / Panels.BLOCK + 1) * INPUTS;
                FloatVector f0 = FloatVector.fromArray(FLOATS, memory, block);
                FloatVector f1 = FloatVector.fromArray(FLOATS, memory, block + Panels.ROWS);
                a00 = f0.fma(s00, a00);
                s00 = FloatVector.broadcast(FLOATS, memory[start]);
                a01 = f0.fma(s01, a01);
                s01 = FloatVector.broadcast(FLOATS, memory[start + 1]);
                a02 = f0.fma(s02, a02);
                s02 = FloatVector.broadcast(FLOATS, memory[start + 2]);
                a03 = f0.fma(s03, a03);
                s03 = FloatVector.broadcast(FLOATS, memory[start + 3]);
                a04 = f0.fma(s04, a04);
                s04 = FloatVector.broadcast(FLOATS, memory[start + 4]);
                a05 = f0.fma(s05, a05);
                s05 = FloatVector.broadcast(FLOATS, memory[start + 5]);
                a10 = f1.fma(s10, a10);
                s10 = s00;
                a11 = f1.fma(s11, a11);
                s11 = s01;
                a12 = f1.fma(s12, a12);
                s12 = s02;
                a13 = f1.fma(s13, a13);
                s13 = s03;
                a14 = f1.fma(s14, a14);
                s14 = s04;
                a15 = f1.fma(s15, a15);
                s15 = s05;
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
