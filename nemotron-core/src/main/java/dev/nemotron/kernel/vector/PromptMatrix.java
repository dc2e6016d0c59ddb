package dev.nemotron.kernel.vector;

import dev.nemotron.spi.RowGroupDecoder;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/**
 * Matrix times the rows of prompts. Every output is the sum of blocks of columns, in each of which the columns are summed one
 * after the other, then the row's factor is applied; so the number of inputs and the range of rows change nothing. Weights are
 * decoded once for hundreds of inputs, and turned so that a vector holds a column of rows.
 */
final class PromptMatrix {

    /** The most rows whose sums are kept at a time. */
    private static final int MOST_ROWS = 1024;

    /** The most inputs that are multiplied together: with the rows above, 2 MB of sums. */
    private static final int MOST_INPUTS = 515;

    private PromptMatrix() {}

    static void multiply(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch) {
        PromptBand band = scratch.kept(PromptBand.class, PromptBand::new);
        RowGroupDecoder groups = matrix.format().vectorGroupDecoder();
        int start = groups == null ? fromRow : fromRow / groups.rows() * groups.rows();
        int together = together(toRow - start);
        for (int t = 0; t < rows; t += MOST_INPUTS) {
            int inputs = Math.min(MOST_INPUTS, rows - t);
            for (int row = start; row < toRow; row += together) {
                band.begin(matrix, row, Math.min(toRow, row + together), inputs, scratch);
                band.accumulate(x, xOffset + (long) t * matrix.columns());
                band.store(fromRow, out, outOffset + t * outStride, outStride);
            }
        }
    }

    /** The rows of a band: bands of one size, as few as possible. */
    private static int together(int rows) {
        int bands = Math.max(1, Math.ceilDiv(rows, MOST_ROWS));
        return Math.ceilDiv(Math.ceilDiv(rows, bands), PromptTile.ROWS) * PromptTile.ROWS;
    }
}
