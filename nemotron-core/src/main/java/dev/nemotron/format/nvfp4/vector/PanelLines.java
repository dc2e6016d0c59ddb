package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.kernel.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns eight words of each of 16 rows to eight lines of 16 words. Rows r and r + 8 share a vector, whose halves are turned
 * alike: rows exchange fours of words, then pairs, then single ones. A gather does the same in a third of the instructions, but
 * some processors take more than twenty cycles for it.
 */
final class PanelLines {

    private static final int COUNT = 8;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VectorMask<Integer> UPPER_8 = Lanes.UPPER_8.cast(INTS);
    private static final VectorMask<Integer> UPPER_4 = Lanes.UPPER_4.cast(INTS);
    private static final VectorMask<Integer> UPPER_2 = Lanes.UPPER_2.cast(INTS);
    private static final VectorMask<Integer> UPPER_1 = Lanes.UPPER_1.cast(INTS);
    private static final VectorShuffle<Integer> SWAP_4 = Lanes.SWAP_4.cast(INTS);
    private static final VectorShuffle<Integer> SWAP_2 = Lanes.SWAP_2.cast(INTS);
    private static final VectorShuffle<Integer> SWAP_1 = Lanes.SWAP_1.cast(INTS);

    private PanelLines() {}

    /**
     * Turns.
     *
     * @param words holds the rows, [16][{@code stride}]
     * @param stride words of a row: eight for each unit
     * @param units how many
     * @param panel receives the lines of each unit
     * @param at where the first unit begins, in bytes
     */
    static void turn(int[] words, int stride, int units, MemorySegment panel, long at) {
        exchangeFours(words, stride, units, panel, at + Panels.LINE);
        exchangePairsAndSingles(units, panel, at + Panels.LINE);
    }

    /** Of a row's vector the lower half is used, of that eight rows later the upper half. */
    private static void exchangeFours(int[] words, int stride, int units, MemorySegment panel, long at) {
        for (int i = 0; i < 4 * units; i++) {
            int row = i / 4 * COUNT + i % 4 * stride;
            int upperRow = row + 8 * stride - 8;
            long to = at + (long) (i / 4) * Panels.UNIT + (long) (i % 4) * Panels.LINE;
            IntVector a =
                    IntVector.fromArray(INTS, words, row).blend(IntVector.fromArray(INTS, words, upperRow), UPPER_8);
            IntVector b = IntVector.fromArray(INTS, words, row + 4 * stride)
                    .blend(IntVector.fromArray(INTS, words, upperRow + 4 * stride), UPPER_8);
            a.blend(b.rearrange(SWAP_4), UPPER_4).intoMemorySegment(panel, to, ORDER);
            a.rearrange(SWAP_4).blend(b, UPPER_4).intoMemorySegment(panel, to + 4 * Panels.LINE, ORDER);
        }
    }

    private static void exchangePairsAndSingles(int units, MemorySegment panel, long at) {
        for (int i = 0; i < 2 * units; i++) {
            long line0 = at + (long) (i / 2) * Panels.UNIT + (long) (i % 2) * 4 * Panels.LINE;
            long line1 = line0 + Panels.LINE;
            long line2 = line1 + Panels.LINE;
            long line3 = line2 + Panels.LINE;
            IntVector a = IntVector.fromMemorySegment(INTS, panel, line0, ORDER);
            IntVector b = IntVector.fromMemorySegment(INTS, panel, line1, ORDER);
            IntVector c = IntVector.fromMemorySegment(INTS, panel, line2, ORDER);
            IntVector d = IntVector.fromMemorySegment(INTS, panel, line3, ORDER);
            IntVector lowerA = a.blend(c.rearrange(SWAP_2), UPPER_2);
            IntVector upperA = a.rearrange(SWAP_2).blend(c, UPPER_2);
            IntVector lowerB = b.blend(d.rearrange(SWAP_2), UPPER_2);
            IntVector upperB = b.rearrange(SWAP_2).blend(d, UPPER_2);
            lowerA.blend(lowerB.rearrange(SWAP_1), UPPER_1).intoMemorySegment(panel, line0, ORDER);
            lowerA.rearrange(SWAP_1).blend(lowerB, UPPER_1).intoMemorySegment(panel, line1, ORDER);
            upperA.blend(upperB.rearrange(SWAP_1), UPPER_1).intoMemorySegment(panel, line2, ORDER);
            upperA.rearrange(SWAP_1).blend(upperB, UPPER_1).intoMemorySegment(panel, line3, ORDER);
        }
    }
}
