package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Makes panels of the rows of a checkpoint. Keeps copies of the rows from call to call; confined to one thread. */
final class PanelPacker {

    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PanelScales scales = new PanelScales();
    private int[] codes = {};

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
        int words = columns / Panels.LINE_COLUMNS;
        int units = columns / Panels.UNIT_COLUMNS;
        if (codes.length < Panels.ROWS * words) {
            codes = new int[Panels.ROWS * words];
        }
        boolean usual = scales.pack(matrix, firstRow, panel, at, Panels.UNIT);
        // All rows at once, since the memory is slow to begin with each.
        MemorySegment.copy(
                matrix.codes(), WORD, (long) firstRow * words * Integer.BYTES, codes, 0, Panels.ROWS * words);
        PanelLines.turn(codes, words, units, panel, at);
        for (int unit = 0; !usual && unit < units; unit++) {
            if (scales.isUnusual(unit)) {
                Panels.packUnit(matrix, firstRow, unit, panel, at);
            }
        }
    }
}
