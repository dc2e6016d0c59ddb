package dev.nemotron.format.nvfp4;

import dev.nemotron.format.number.E2M1;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes rows of {@link Panels} one element at a time. */
final class PanelRowDecoder implements RowDecoder {

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment panels = matrix.codes();
        long panel = row / Panels.ROWS * Panels.bytes(matrix.columns());
        int lane = row % Panels.ROWS;
        for (int c = from; c < to; c++) {
            int block = c / Panels.BLOCK;
            int within = c % Panels.BLOCK;
            long line = panel + Panels.linesAt(block) + (long) (within / Panels.LINE_COLUMNS) * Panels.LINE;
            int pair = panels.get(
                    ValueLayout.JAVA_BYTE, line + (long) lane * Integer.BYTES + within % Panels.LINE_COLUMNS / 2);
            float scale = Panels.scale(panels.get(ValueLayout.JAVA_BYTE, panel + Panels.scalesAt(block) + lane));
            out[outOffset + c - from] = E2M1.toFloat(pair >> (c % 2 * 4)) * scale;
        }
    }
}
