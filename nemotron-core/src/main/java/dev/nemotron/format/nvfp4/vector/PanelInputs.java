package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.kernel.vector.Lanes.SWAP_1;
import static dev.nemotron.kernel.vector.Lanes.SWAP_2;
import static dev.nemotron.kernel.vector.Lanes.SWAP_4;
import static dev.nemotron.kernel.vector.Lanes.SWAP_8;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes of an input what the kernels multiply with {@link RaisedE2M1}. Each takes from a line's columns 0 to 3 what their
 * numbers spill into columns 4 to 7, puts the columns in the order of the sums, and gives the value at which the sum of a
 * block of 16 columns starts, so that it ends without the raise.
 */
final class PanelInputs {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

    /** The columns of a line in the order in which codes are taken out of it: the lower digits of each byte pair, then the upper. */
    private static final int[] LINE_ORDER = {0, 4, 2, 6, 1, 5, 3, 7};

    private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(
            FLOATS, i -> i / Panels.LINE_COLUMNS * Panels.LINE_COLUMNS + LINE_ORDER[i % Panels.LINE_COLUMNS]);
    private static final VectorShuffle<Float> UPPER_OF_PAIR = VectorShuffle.fromOp(FLOATS, i -> i | 1);

    /** By lane: what to add of the pair's upper column. */
    private static final float[] SPILLS = new float[Panels.BLOCK];

    /** By lane: what a sum starts with for each unit of the input. */
    private static final float[] STARTS = new float[Panels.BLOCK];

    static {
        for (int i = 0; i < Panels.BLOCK; i++) {
            boolean upper = i % 2 == 1;
            SPILLS[i] = upper ? 0 : -RaisedE2M1.SPILL;
            STARTS[i] = upper ? -RaisedE2M1.UPPER_RAISE : -RaisedE2M1.RAISE;
        }
    }

    private PanelInputs() {}

    /**
     * The floats that an input becomes.
     *
     * @param columns the columns of the matrix, a multiple of 16
     * @return at least columns and starts; whole lines of the cache, an odd number, or all inputs would share the same few
     */
    static int size(int columns) {
        int lines = Math.ceilDiv(columns + columns / Panels.BLOCK, Panels.BLOCK) + 1;
        return (lines | 1) * Panels.BLOCK;
    }

    /**
     * Arranges one input of some that are multiplied together.
     *
     * @param x holds the input, [columns], from the float {@code from} on
     * @param from where in {@code x} it begins
     * @param columns the columns of the matrix, a multiple of 16
     * @param memory receives it, interleaved with the others
     * @param row a place of {@link #size} floats in {@code memory} to work in
     * @param to where the first of the inputs begins: [columns][together] in the order of the sums, then the starts, [columns /
     *     16][together]
     * @param together how many inputs
     * @param input which of them
     */
    static void arrange(
            MemorySegment x, long from, int columns, float[] memory, int row, int to, int together, int input) {
        int place = together == 1 ? to : row;
        arrange(x, from, columns, memory, place);
        for (int i = 0; together > 1 && i < columns + columns / Panels.BLOCK; i++) {
            memory[to + i * together + input] = memory[row + i];
        }
    }

    private static void arrange(MemorySegment x, long from, int columns, float[] memory, int to) {
        MemorySegment.copy(x, JAVA_FLOAT, from * Float.BYTES, memory, to, columns);
        FloatVector spills = FloatVector.fromArray(FLOATS, SPILLS, 0);
        FloatVector starts = FloatVector.fromArray(FLOATS, STARTS, 0);
        for (int block = 0; block < columns / Panels.BLOCK; block++) {
            int at = to + block * Panels.BLOCK;
            FloatVector ordered = FloatVector.fromArray(FLOATS, memory, at).rearrange(ORDER);
            FloatVector values = ordered.rearrange(UPPER_OF_PAIR).fma(spills, ordered);
            values.intoArray(memory, at);
            FloatVector sum = values.mul(starts);
            sum = sum.add(sum.rearrange(SWAP_8));
            sum = sum.add(sum.rearrange(SWAP_4));
            sum = sum.add(sum.rearrange(SWAP_2));
            sum = sum.add(sum.rearrange(SWAP_1));
            // All lanes are the same; the next blocks write over those too many.
            sum.intoArray(memory, to + columns + block);
        }
    }
}
