package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.I2B;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Makes panels of the rows of a checkpoint, a line at a time, by gathering a word of each row. Keeps copies of the rows from
 * call to call; confined to one thread.
 */
final class PanelPacker {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);

    private static final int LINES = Panels.UNIT_COLUMNS / Panels.LINE_COLUMNS;
    private static final int SIGNS = 0x8080_8080;
    private static final int SMALLEST_NORMAL = 0x0808_0808;
    private static final int REBIAS = 0x1818_1818;

    private final int[] codePlaces = new int[Panels.ROWS];
    private final int[] scalePlaces = new int[Panels.ROWS];
    private int[] codes = {};
    private int[] scales = {};

    /**
     * Copies rows into a panel, as {@link Panels#pack} does.
     *
     * @param matrix as stored in the checkpoint
     * @param firstRow the first row of the panel
     * @param toRow the row after the last that is wanted
     * @param panel receives the panel
     * @param at where it begins, in bytes
     */
    void pack(StoredMatrix matrix, int firstRow, int toRow, MemorySegment panel, long at) {
        int columns = matrix.columns();
        if (toRow - firstRow < Panels.ROWS || columns % Panels.UNIT_COLUMNS != 0) {
            Panels.pack(matrix, firstRow, toRow, panel, at);
            return;
        }
        int rowCodes = columns / Panels.LINE_COLUMNS;
        int rowScales = columns / Panels.UNIT_COLUMNS;
        if (codes.length < Panels.ROWS * rowCodes) {
            codes = new int[Panels.ROWS * rowCodes];
            scales = new int[Panels.ROWS * rowScales];
        }
        for (int r = 0; r < Panels.ROWS; r++) {
            codePlaces[r] = r * rowCodes;
            scalePlaces[r] = r * rowScales;
        }
        copy(matrix.codes(), (long) firstRow * rowCodes, codes, Panels.ROWS * rowCodes);
        copy(matrix.scales(), (long) firstRow * rowScales, scales, Panels.ROWS * rowScales);
        for (int unit = 0; unit < rowScales; unit++) {
            if (!packUnit(unit, panel, at + (long) unit * Panels.UNIT)) {
                Panels.packUnit(matrix, firstRow, unit, panel, at);
            }
        }
    }

    private static void copy(MemorySegment from, long word, int[] to, int count) {
        MemorySegment.copy(from, WORD, word * Integer.BYTES, to, 0, count);
    }

    /** Packs 64 columns, unless a scale is negative, zero or subnormal. */
    private boolean packUnit(int unit, MemorySegment panel, long at) {
        IntVector four = IntVector.fromArray(INTS, scales, unit, scalePlaces, 0);
        IntVector special = four.sub(SMALLEST_NORMAL).or(four).and(SIGNS);
        if (special.compare(NE, 0).anyTrue()) {
            return false;
        }
        IntVector kept = four.add(REBIAS);
        for (int block = 0; block < Integer.BYTES; block++) {
            ((ByteVector) kept.convertShape(I2B, BYTES, 0))
                    .intoMemorySegment(panel, at + (long) block * Panels.ROWS, ORDER);
            kept = kept.lanewise(LSHR, Byte.SIZE);
        }
        for (int line = 0; line < LINES; line++) {
            IntVector.fromArray(INTS, codes, unit * LINES + line, codePlaces, 0)
                    .intoMemorySegment(panel, at + (line + 1L) * Panels.LINE, ORDER);
        }
        return true;
    }
}
