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

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

    private PanelTile() {}

    /**
     * Multiplies.
     *
     * @param columns the columns of the matrix, K
     * @param memory holds everything, each at its offset
     * @param codes where the codes' values begin: [K][ROWS], columns in the order of the sums
     * @param scales where the scales begin: [K / 16][ROWS]
     * @param x where the inputs begin: [K][INPUTS], columns in the order of the sums
     * @param sums where the sums go: [INPUTS][ROWS]
     */
    static void multiply(int columns, float[] memory, int codes, int scales, int x, int sums) {
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector a01 = FloatVector.zero(FLOATS);
        FloatVector s01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS);
        FloatVector s02 = FloatVector.zero(FLOATS);
        FloatVector a03 = FloatVector.zero(FLOATS);
        FloatVector s03 = FloatVector.zero(FLOATS);
        FloatVector a04 = FloatVector.zero(FLOATS);
        FloatVector s04 = FloatVector.zero(FLOATS);
        FloatVector a05 = FloatVector.zero(FLOATS);
        FloatVector s05 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS);
        FloatVector s10 = FloatVector.zero(FLOATS);
        FloatVector a11 = FloatVector.zero(FLOATS);
        FloatVector s11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS);
        FloatVector s12 = FloatVector.zero(FLOATS);
        FloatVector a13 = FloatVector.zero(FLOATS);
        FloatVector s13 = FloatVector.zero(FLOATS);
        FloatVector a14 = FloatVector.zero(FLOATS);
        FloatVector s14 = FloatVector.zero(FLOATS);
        FloatVector a15 = FloatVector.zero(FLOATS);
        FloatVector s15 = FloatVector.zero(FLOATS);
        for (int k = 0; k < columns; k++) {
            FloatVector w0 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS);
            FloatVector w1 = FloatVector.fromArray(FLOATS, memory, codes + k * ROWS + Panels.ROWS);
            FloatVector x0 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS]);
            s00 = w0.fma(x0, s00);
            s10 = w1.fma(x0, s10);
            FloatVector x1 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 1]);
            s01 = w0.fma(x1, s01);
            s11 = w1.fma(x1, s11);
            FloatVector x2 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 2]);
            s02 = w0.fma(x2, s02);
            s12 = w1.fma(x2, s12);
            FloatVector x3 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 3]);
            s03 = w0.fma(x3, s03);
            s13 = w1.fma(x3, s13);
            FloatVector x4 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 4]);
            s04 = w0.fma(x4, s04);
            s14 = w1.fma(x4, s14);
            FloatVector x5 = FloatVector.broadcast(FLOATS, memory[x + k * INPUTS + 5]);
            s05 = w0.fma(x5, s05);
            s15 = w1.fma(x5, s15);
            if (k % Panels.BLOCK == Panels.BLOCK - 1) {
                FloatVector f0 = FloatVector.fromArray(FLOATS, memory, scales + k / Panels.BLOCK * ROWS);
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
                FloatVector f1 = FloatVector.fromArray(FLOATS, memory, scales + k / Panels.BLOCK * ROWS + Panels.ROWS);
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
        a10.intoArray(memory, sums + Panels.ROWS);
        a01.intoArray(memory, sums + ROWS);
        a11.intoArray(memory, sums + ROWS + Panels.ROWS);
        a02.intoArray(memory, sums + 2 * ROWS);
        a12.intoArray(memory, sums + 2 * ROWS + Panels.ROWS);
        a03.intoArray(memory, sums + 3 * ROWS);
        a13.intoArray(memory, sums + 3 * ROWS + Panels.ROWS);
        a04.intoArray(memory, sums + 4 * ROWS);
        a14.intoArray(memory, sums + 4 * ROWS + Panels.ROWS);
        a05.intoArray(memory, sums + 5 * ROWS);
        a15.intoArray(memory, sums + 5 * ROWS + Panels.ROWS);
    }
}
