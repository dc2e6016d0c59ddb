package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loop of prompts: four vectors of rows times five inputs, with a row in each lane, so that no sum runs across lanes.
 * Twenty sums, four vectors of weights and one of an input leave some of 32 registers free; with more sums C2 runs out of them.
 */
final class PromptTile {

    /** Rows that are multiplied together. */
    static final int ROWS = 4 * COUNT;

    /** The most columns that are multiplied: weights of so many lie in the first cache. */
    static final int COLUMNS = 128;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 5;

    private PromptTile() {}

    /**
     * Adds Σ_c w[c]·x[c] to the sums, each by fused multiply-add along the columns, from 0.
     *
     * @param columns how many of the COLUMNS
     * @param memory holds everything
     * @param w where the weights begin, [ROWS / L][COLUMNS][L]
     * @param x where the inputs begin, [columns][INPUTS]
     * @param sums where the sums begin, [INPUTS][ROWS]
     */
    static void multiply(int columns, float[] memory, int w, int x, int sums) {
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s04 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s14 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s24 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        FloatVector s34 = s00;
        for (int c = 0; c < columns; c++) {
            FloatVector w0 = FloatVector.fromArray(FLOATS, memory, w + c * COUNT);
            FloatVector w1 = FloatVector.fromArray(FLOATS, memory, w + c * COUNT + COLUMNS * COUNT);
            FloatVector w2 = FloatVector.fromArray(FLOATS, memory, w + c * COUNT + 2 * COLUMNS * COUNT);
            FloatVector w3 = FloatVector.fromArray(FLOATS, memory, w + c * COUNT + 3 * COLUMNS * COUNT);
            FloatVector input = FloatVector.broadcast(FLOATS, memory[x + c * INPUTS]);
            s00 = w0.fma(input, s00);
            s10 = w1.fma(input, s10);
            s20 = w2.fma(input, s20);
            s30 = w3.fma(input, s30);
            input = FloatVector.broadcast(FLOATS, memory[x + c * INPUTS + 1]);
            s01 = w0.fma(input, s01);
            s11 = w1.fma(input, s11);
            s21 = w2.fma(input, s21);
            s31 = w3.fma(input, s31);
            input = FloatVector.broadcast(FLOATS, memory[x + c * INPUTS + 2]);
            s02 = w0.fma(input, s02);
            s12 = w1.fma(input, s12);
            s22 = w2.fma(input, s22);
            s32 = w3.fma(input, s32);
            input = FloatVector.broadcast(FLOATS, memory[x + c * INPUTS + 3]);
            s03 = w0.fma(input, s03);
            s13 = w1.fma(input, s13);
            s23 = w2.fma(input, s23);
            s33 = w3.fma(input, s33);
            input = FloatVector.broadcast(FLOATS, memory[x + c * INPUTS + 4]);
            s04 = w0.fma(input, s04);
            s14 = w1.fma(input, s14);
            s24 = w2.fma(input, s24);
            s34 = w3.fma(input, s34);
        }
        s00.add(FloatVector.fromArray(FLOATS, memory, sums)).intoArray(memory, sums);
        s10.add(FloatVector.fromArray(FLOATS, memory, sums + COUNT)).intoArray(memory, sums + COUNT);
        s20.add(FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT)).intoArray(memory, sums + 2 * COUNT);
        s30.add(FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT)).intoArray(memory, sums + 3 * COUNT);
        s01.add(FloatVector.fromArray(FLOATS, memory, sums + 4 * COUNT)).intoArray(memory, sums + 4 * COUNT);
        s11.add(FloatVector.fromArray(FLOATS, memory, sums + 5 * COUNT)).intoArray(memory, sums + 5 * COUNT);
        s21.add(FloatVector.fromArray(FLOATS, memory, sums + 6 * COUNT)).intoArray(memory, sums + 6 * COUNT);
        s31.add(FloatVector.fromArray(FLOATS, memory, sums + 7 * COUNT)).intoArray(memory, sums + 7 * COUNT);
        s02.add(FloatVector.fromArray(FLOATS, memory, sums + 8 * COUNT)).intoArray(memory, sums + 8 * COUNT);
        s12.add(FloatVector.fromArray(FLOATS, memory, sums + 9 * COUNT)).intoArray(memory, sums + 9 * COUNT);
        s22.add(FloatVector.fromArray(FLOATS, memory, sums + 10 * COUNT)).intoArray(memory, sums + 10 * COUNT);
        s32.add(FloatVector.fromArray(FLOATS, memory, sums + 11 * COUNT)).intoArray(memory, sums + 11 * COUNT);
        s03.add(FloatVector.fromArray(FLOATS, memory, sums + 12 * COUNT)).intoArray(memory, sums + 12 * COUNT);
        s13.add(FloatVector.fromArray(FLOATS, memory, sums + 13 * COUNT)).intoArray(memory, sums + 13 * COUNT);
        s23.add(FloatVector.fromArray(FLOATS, memory, sums + 14 * COUNT)).intoArray(memory, sums + 14 * COUNT);
        s33.add(FloatVector.fromArray(FLOATS, memory, sums + 15 * COUNT)).intoArray(memory, sums + 15 * COUNT);
        s04.add(FloatVector.fromArray(FLOATS, memory, sums + 16 * COUNT)).intoArray(memory, sums + 16 * COUNT);
        s14.add(FloatVector.fromArray(FLOATS, memory, sums + 17 * COUNT)).intoArray(memory, sums + 17 * COUNT);
        s24.add(FloatVector.fromArray(FLOATS, memory, sums + 18 * COUNT)).intoArray(memory, sums + 18 * COUNT);
        s34.add(FloatVector.fromArray(FLOATS, memory, sums + 19 * COUNT)).intoArray(memory, sums + 19 * COUNT);
    }
}
