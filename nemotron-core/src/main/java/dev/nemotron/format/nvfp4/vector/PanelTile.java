package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two decoded panels times six inputs: the inner loop of a prompt. The order of the sums is that of {@link PanelDots}. The
 * sums of blocks and those of the first panel's rows lie in registers, those of the second panel's in memory, since C2 moves
 * one of so many to the stack within the loop, in some orders of these lines and not in others, which costs a quarter of the
 * speed.
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
        int upper = sums + Panels.ROWS;
        FloatVector a0 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector a1 = FloatVector.fromArray(FLOATS, memory, sums + ROWS);
        FloatVector a2 = FloatVector.fromArray(FLOATS, memory, sums + 2 * ROWS);
        FloatVector a3 = FloatVector.fromArray(FLOATS, memory, sums + 3 * ROWS);
        FloatVector a4 = FloatVector.fromArray(FLOATS, memory, sums + 4 * ROWS);
        FloatVector a5 = FloatVector.fromArray(FLOATS, memory, sums + 5 * ROWS);
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
        for (int k = 0; k < columns; k += 2) {
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
            w0 = FloatVector.fromArray(FLOATS, memory, codes + (k + 1) * ROWS);
            w1 = FloatVector.fromArray(FLOATS, memory, codes + (k + 1) * ROWS + Panels.ROWS);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS]);
            s00 = w0.fma(input, s00);
            s10 = w1.fma(input, s10);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS + 1]);
            s01 = w0.fma(input, s01);
            s11 = w1.fma(input, s11);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS + 2]);
            s02 = w0.fma(input, s02);
            s12 = w1.fma(input, s12);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS + 3]);
            s03 = w0.fma(input, s03);
            s13 = w1.fma(input, s13);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS + 4]);
            s04 = w0.fma(input, s04);
            s14 = w1.fma(input, s14);
            input = FloatVector.broadcast(FLOATS, memory[x + (k + 1) * INPUTS + 5]);
            s05 = w0.fma(input, s05);
            s15 = w1.fma(input, s15);
            if (k % Panels.BLOCK == Panels.BLOCK - 2) {
                int block = scales + k / Panels.BLOCK * ROWS;
                FloatVector f0 = FloatVector.fromArray(FLOATS, memory, block);
                FloatVector f1 = FloatVector.fromArray(FLOATS, memory, block + Panels.ROWS);
                a0 = f0.fma(s00, a0);
                a1 = f0.fma(s01, a1);
                a2 = f0.fma(s02, a2);
                a3 = f0.fma(s03, a3);
                a4 = f0.fma(s04, a4);
                a5 = f0.fma(s05, a5);
                f1.fma(s10, FloatVector.fromArray(FLOATS, memory, upper)).intoArray(memory, upper);
                f1.fma(s11, FloatVector.fromArray(FLOATS, memory, upper + ROWS)).intoArray(memory, upper + ROWS);
                f1.fma(s12, FloatVector.fromArray(FLOATS, memory, upper + 2 * ROWS))
                        .intoArray(memory, upper + 2 * ROWS);
                f1.fma(s13, FloatVector.fromArray(FLOATS, memory, upper + 3 * ROWS))
                        .intoArray(memory, upper + 3 * ROWS);
                f1.fma(s14, FloatVector.fromArray(FLOATS, memory, upper + 4 * ROWS))
                        .intoArray(memory, upper + 4 * ROWS);
                f1.fma(s15, FloatVector.fromArray(FLOATS, memory, upper + 5 * ROWS))
                        .intoArray(memory, upper + 5 * ROWS);
                // Of the next block, or what nobody uses after the last.
                int start = starts + (k / Panels.BLOCK + 1) * INPUTS;
                s00 = FloatVector.broadcast(FLOATS, memory[start]);
                s01 = FloatVector.broadcast(FLOATS, memory[start + 1]);
                s02 = FloatVector.broadcast(FLOATS, memory[start + 2]);
                s03 = FloatVector.broadcast(FLOATS, memory[start + 3]);
                s04 = FloatVector.broadcast(FLOATS, memory[start + 4]);
                s05 = FloatVector.broadcast(FLOATS, memory[start + 5]);
                s10 = s00;
                s11 = s01;
                s12 = s02;
                s13 = s03;
                s14 = s04;
                s15 = s05;
            }
        }
        a0.intoArray(memory, sums);
        a1.intoArray(memory, sums + ROWS);
        a2.intoArray(memory, sums + 2 * ROWS);
        a3.intoArray(memory, sums + 3 * ROWS);
        a4.intoArray(memory, sums + 4 * ROWS);
        a5.intoArray(memory, sums + 5 * ROWS);
    }
}
