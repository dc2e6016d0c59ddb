package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.NE;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns the scales of 16 rows of a checkpoint to those of a panel. Keeps copies of the rows from call to call; confined to one
 * thread.
 */
final class PanelScales {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
    private static final VectorShuffle<Byte> BY_BLOCK =
            VectorShuffle.fromOp(ByteVector.SPECIES_512, i -> i % Panels.ROWS * Integer.BYTES + i / Panels.ROWS);

    private static final int SIGNS = 0x8080_8080;
    private static final int SMALLEST_NORMAL = 0x0808_0808;
    private static final int REBIAS = 0x1818_1818;

    private int[] rows = {};
    private int[] units = {};
    private boolean[] unusual = {};

    /**
     * Packs.
     *
     * @param matrix as stored in the checkpoint, its columns a multiple of {@link Panels#UNIT_COLUMNS}
     * @param firstRow the first of the 16 rows
     * @param to receives 64 bytes for each unit: byte 16·b + r is the scale of row r and the unit's block b
     * @param at where the first unit's begin, in bytes
     * @param stride bytes from one unit's to the next
     * @return whether all scales are positive and normal; units that have others are {@link #isUnusual}, and written wrongly
     */
    boolean pack(StoredMatrix matrix, int firstRow, MemorySegment to, long at, long stride) {
        int count = matrix.columns() / Panels.UNIT_COLUMNS;
        if (unusual.length < count) {
            rows = new int[Panels.ROWS * count];
            units = new int[Panels.ROWS * count];
            unusual = new boolean[count];
        }
        MemorySegment.copy(
                matrix.scales(), WORD, (long) firstRow * count * Integer.BYTES, rows, 0, Panels.ROWS * count);
        turn(rows, count, units);
        boolean usual = true;
        for (int unit = 0; unit < count; unit++) {
            IntVector four = IntVector.fromArray(INTS, units, unit * Panels.ROWS);
            IntVector special = four.sub(SMALLEST_NORMAL).or(four).and(SIGNS);
            unusual[unit] = special.compare(NE, 0).anyTrue();
            usual &= !unusual[unit];
            four.add(REBIAS).reinterpretAsBytes().rearrange(BY_BLOCK).intoMemorySegment(to, at + unit * stride, ORDER);
        }
        return usual;
    }

    /** Makes [units][16] of [16][units]. */
    private static void turn(int[] rows, int count, int[] units) {
        for (int r = 0; r < Panels.ROWS; r++) {
            for (int unit = 0; unit < count; unit++) {
                units[unit * Panels.ROWS + r] = rows[r * count + unit];
            }
        }
    }

    /**
     * Tells whether a scale of a unit that was packed last is negative, zero or subnormal.
     *
     * @param unit the unit
     * @return whether one is
     */
    boolean isUnusual(int unit) {
        return unusual[unit];
    }
}
