package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.kernel.vector.Lanes.SWAP_1;
import static dev.nemotron.kernel.vector.Lanes.SWAP_2;
import static dev.nemotron.kernel.vector.Lanes.SWAP_4;
import static dev.nemotron.kernel.vector.Lanes.SWAP_8;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.kernel.vector.Interleaving;
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

    /** By inputs that are together and place in half a block, [8][together]: what a sum starts with for each unit of the input. */
    private static final float[][] INTERLEAVED_STARTS = new float[PanelTile.INPUTS + 1][];

    static {
        for (int together = 1; together <= PanelTile.INPUTS; together++) {
            INTERLEAVED_STARTS[together] = new float[Panels.BLOCK / 2 * together];
            for (int i = 0; i < INTERLEAVED_STARTS[together].length; i++) {
                boolean upper = i / together % 2 == 1;
                INTERLEAVED_STARTS[together][i] = upper ? -RaisedE2M1.UPPER_RAISE : -RaisedE2M1.RAISE;
            }
        }
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
     * The floats that {@link #arrange} works in.
     *
     * @param columns the columns of the matrix, a multiple of 16
     * @param together how many inputs it arranges
     * @return the size
     */
    static int room(int columns, int together) {
        return together == 1 ? 0 : together * size(columns);
    }

    /**
     * Arranges inputs that are multiplied together.
     *
     * @param x holds the inputs, [..][columns], adjacent from the float {@code xOffset} on
     * @param xOffset where in {@code x} the first of all inputs begins
     * @param first the first of those that are multiplied together
     * @param last the last one that there is, which also stands for those beyond it
     * @param columns the columns of the matrix, a multiple of 16
     * @param memory receives them
     * @param room where {@link #room} floats are free
     * @param to where the inputs go: [columns][together] in the order of the sums, then the starts, [columns / 16][together]
     * @param together how many inputs: 1, 2, 4 or 6
     */
    static void arrange(
            MemorySegment x,
            long xOffset,
            int first,
            int last,
            int columns,
            float[] memory,
            int room,
            int to,
            int together) {
        if (together == 1) {
            arrange(x, xOffset + (long) first * columns, columns, memory, to);
            start(columns, memory, to);
            return;
        }
        int stride = size(columns);
        for (int i = 0; i < together; i++) {
            arrange(x, xOffset + (long) Math.min(first + i, last) * columns, columns, memory, room + i * stride);
        }
        if (together == PanelTile.INPUTS) {
            Interleaving.interleaveSix(columns, memory, room, stride, to);
        } else {
            Interleaving.interleave(columns, memory, room, stride, to, together);
        }
        start(columns, memory, room, to, together);
    }

    /** Puts the values of one input in order. */
    private static void arrange(MemorySegment x, long from, int columns, float[] memory, int to) {
        MemorySegment.copy(x, JAVA_FLOAT, from * Float.BYTES, memory, to, columns);
        FloatVector spills = FloatVector.fromArray(FLOATS, SPILLS, 0);
        for (int at = to; at < to + columns; at += Panels.BLOCK) {
            FloatVector ordered = FloatVector.fromArray(FLOATS, memory, at).rearrange(ORDER);
            ordered.rearrange(UPPER_OF_PAIR).fma(spills, ordered).intoArray(memory, at);
        }
    }

    /** Puts the starts of one input behind its values: the sums of the blocks, taken by halves. */
    private static void start(int columns, float[] memory, int to) {
        FloatVector starts = FloatVector.fromArray(FLOATS, STARTS, 0);
        for (int block = 0; block < columns / Panels.BLOCK; block++) {
            FloatVector sum = FloatVector.fromArray(FLOATS, memory, to + block * Panels.BLOCK)
                    .mul(starts);
            sum = sum.add(sum.rearrange(SWAP_8));
            sum = sum.add(sum.rearrange(SWAP_4));
            sum = sum.add(sum.rearrange(SWAP_2));
            sum = sum.add(sum.rearrange(SWAP_1));
            // All lanes are the same; the next blocks write over those too many.
            sum.intoArray(memory, to + columns + block);
        }
    }

    /**
     * Puts the starts of interleaved inputs behind their values: the same sums, of all inputs at once. A half of a block is a
     * run of memory here, so that halves are added without moving anything between lanes. What a vector takes beyond the half
     * is added in vain.
     */
    private static void start(int columns, float[] memory, int room, int to, int together) {
        int half = Panels.BLOCK / 2 * together;
        int blocks = columns / Panels.BLOCK;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < half; i += Panels.BLOCK) {
                FloatVector starts = FloatVector.fromArray(FLOATS, INTERLEAVED_STARTS[together], i);
                int at = to + 2 * block * half + i;
                FloatVector lower = FloatVector.fromArray(FLOATS, memory, at).mul(starts);
                FloatVector upper =
                        FloatVector.fromArray(FLOATS, memory, at + half).mul(starts);
                lower.add(upper).intoArray(memory, room + block * half + i);
            }
        }
        halve(blocks, memory, room, half, half / 2, room, half);
        halve(blocks, memory, room, half, half / 4, room, half);
        halve(blocks, memory, room, half, half / 8, to + columns * together, together);
    }

    /** Adds the second part of each block to the first. */
    private static void halve(int blocks, float[] memory, int from, int stride, int part, int to, int toStride) {
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < part; i += Panels.BLOCK) {
                int at = from + block * stride + i;
                FloatVector lower = FloatVector.fromArray(FLOATS, memory, at);
                lower.add(FloatVector.fromArray(FLOATS, memory, at + part))
                        .intoArray(memory, to + block * toStride + i);
            }
        }
    }
}
