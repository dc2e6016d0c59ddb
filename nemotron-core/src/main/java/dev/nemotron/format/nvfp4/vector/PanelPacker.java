package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.kernel.vector.Transposition;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Makes panels of the rows of a checkpoint. Keeps copies of the rows from call to call; confined to one thread. */
final class PanelPacker {

    /** A word of codes, which is moved as a float and never computed with. */
    private static final ValueLayout.OfFloat WORD = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int LINES = Panels.UNIT_COLUMNS / Panels.LINE_COLUMNS;
    private static final int UNIT_WORDS = LINES * Panels.ROWS;

    private final PanelScales scales = new PanelScales();
    private float[] memory = {};

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
        int lines = (Panels.ROWS + 1) * words;
        int room = lines + 2 * UNIT_WORDS;
        if (memory.length < room + Transposition.ROOM) {
            memory = new float[room + Transposition.ROOM];
        }
        boolean usual = scales.pack(matrix, firstRow, panel, at, Panels.UNIT);
        // All rows at once, since the memory is slow to begin with each.
        MemorySegment.copy(matrix.codes(), WORD, (long) firstRow * words * Float.BYTES, memory, 0, Panels.ROWS * words);
        for (int unit = 0; unit < units; unit += 2) {
            Transposition.transpose(memory, unit * LINES, words, Panels.ROWS, lines, Panels.ROWS, room);
            for (int i = 0; i < Math.min(2, units - unit); i++) {
                long to = at + (long) (unit + i) * Panels.UNIT + Panels.LINE;
                MemorySegment.copy(memory, lines + i * UNIT_WORDS, panel, WORD, to, UNIT_WORDS);
            }
        }
        for (int unit = 0; !usual && unit < units; unit++) {
            if (scales.isUnusual(unit)) {
                Panels.packUnit(matrix, firstRow, unit, panel, at);
            }
        }
    }
}
