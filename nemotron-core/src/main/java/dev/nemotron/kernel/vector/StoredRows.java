package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.LaneSums.GROUP;
import static dev.nemotron.spi.RowDots.INPUTS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/**
 * A few inputs times rows read as they are stored. A call of the format's kernel takes rows that lie far apart; as many calls
 * as fill a group of sums follow each other, for all inputs before the next rows, so that the memory gives each row once.
 */
final class StoredRows {

    /** The lanes of a group of sums lie at the start of the array, the inputs behind them. */
    private static final int SUMS = Scratch.START;

    private static final int X = SUMS + GROUP * Lanes.COUNT;

    private StoredRows() {}

    static void multiply(
            RowDots dots,
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int inputs,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch) {
        int columns = matrix.columns();
        int together = inputs == 1 ? 1 : INPUTS;
        int padded = Math.ceilDiv(inputs, together) * together;
        float[] memory = scratch.floats(GROUP * Lanes.COUNT + padded * columns);
        for (int t = 0; t < padded; t++) {
            // Places without an input repeat the last one, and their results are dropped.
            long from = xOffset + (long) Math.min(t, inputs - 1) * columns;
            MemorySegment.copy(x, JAVA_FLOAT, from * Float.BYTES, memory, X + t * columns, columns);
        }
        int streams = dots.rows(together);
        int calls = GROUP / (streams * together);
        int far = Math.ceilDiv(toRow - fromRow, streams);
        for (int step = 0; step < far; step += calls) {
            int some = Math.min(calls, far - step);
            for (int t = 0; t < inputs; t += together) {
                accumulate(dots, matrix, fromRow + step, some, far, toRow - 1, memory, X + t * columns, together);
                LaneSums.reduce(memory, SUMS);
                int live = Math.min(together, inputs - t);
                long place = outOffset + t * outStride;
                store(matrix, fromRow + step, some, far, toRow, memory, streams, together, live, out, place, outStride);
            }
        }
    }

    private static void accumulate(
            RowDots dots,
            StoredMatrix matrix,
            int row,
            int calls,
            int far,
            int last,
            float[] memory,
            int x,
            int together) {
        int lanes = dots.rows(together) * together * Lanes.COUNT;
        for (int i = 0; i < calls; i++) {
            if (together == 1) {
                dots.one(matrix, row + i, far, last, memory, x, SUMS + i * lanes);
            } else {
                dots.four(matrix, row + i, far, last, memory, x, SUMS + i * lanes);
            }
        }
    }

    /** Writes the sums, [calls][streams][together], of the rows and inputs that there are. */
    private static void store(
            StoredMatrix matrix,
            int row,
            int calls,
            int far,
            int toRow,
            float[] memory,
            int streams,
            int together,
            int inputs,
            MemorySegment out,
            long place,
            long outStride) {
        RowDecoder decoder = matrix.format().vectorDecoder();
        for (int i = 0; i < calls * streams; i++) {
            int which = row + i / streams + i % streams * far;
            if (which < toRow) {
                float factor = decoder.factor(matrix, which);
                for (int t = 0; t < inputs; t++) {
                    out.setAtIndex(JAVA_FLOAT, place + t * outStride + which, memory[SUMS + i * together + t] * factor);
                }
            }
        }
    }
}
