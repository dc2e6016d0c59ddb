package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.LaneSums.GROUP;
import static dev.nemotron.spi.RowDots.INPUTS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A few inputs times rows read as they are stored. A call of the format's kernel takes rows that lie far apart; as many calls
 * as fill a group of sums follow each other, for all inputs before the next rows, so that the memory gives each row once.
 */
final class StoredRows {

    /** The lanes of a group of sums lie at the start of the array, the inputs behind them. */
    private static final int SUMS = Scratch.START;

    /** Bytes of a line of the cache; as many elements are what every kernel takes at a time, or a multiple of it. */
    private static final int LINE = 64;

    private static final int X = SUMS + GROUP * Lanes.COUNT;

    private StoredRows() {}

    /**
     * Multiplies rows. Where they begin within lines of the cache, all at the same place, they are read from the beginning of
     * the line, but the first and the last row of the matrix, before and beyond which nothing may be read.
     */
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
        int before = elementsBefore(matrix);
        int from = fromRow;
        int to = toRow;
        if (before > 0 && from == 0 && from < to) {
            multiply(dots, matrix, from, ++from, 0, x, xOffset, inputs, out, outOffset, outStride, scratch);
        }
        if (before > 0 && to == matrix.rows() && from < to) {
            multiply(dots, matrix, --to, to + 1, 0, x, xOffset, inputs, out, outOffset, outStride, scratch);
        }
        if (from < to) {
            multiply(dots, matrix, from, to, before, x, xOffset, inputs, out, outOffset, outStride, scratch);
        }
    }

    /** How many elements before a row its line of the cache begins; 0 where the rows differ in this, or are too short. */
    private static int elementsBefore(StoredMatrix matrix) {
        MemorySegment codes = matrix.codes();
        int columns = matrix.columns();
        long size = codes.byteSize() / ((long) matrix.rows() * columns);
        long bytes = codes.address() % LINE;
        boolean same = codes.isNative() && columns * size % LINE == 0 && bytes % size == 0;
        return same && columns >= 2 * LINE ? (int) (bytes / size) : 0;
    }

    private static void multiply(
            RowDots dots,
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            int before,
            MemorySegment x,
            long xOffset,
            int inputs,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch) {
        int columns = before == 0 ? matrix.columns() : Math.ceilDiv(before + matrix.columns(), LINE) * LINE;
        int together = inputs == 1 ? 1 : INPUTS;
        int padded = Math.ceilDiv(inputs, together) * together;
        float[] memory = scratch.floats(GROUP * Lanes.COUNT + padded * columns);
        arrange(x, xOffset, inputs, padded, matrix.columns(), before, columns, memory);
        int streams = dots.rows(together);
        int calls = GROUP / (streams * together);
        int far = Math.ceilDiv(toRow - fromRow, streams);
        for (int step = 0; step < far; step += calls) {
            int row = fromRow + step;
            int some = Math.min(calls, far - step);
            for (int t = 0; t < inputs; t += together) {
                int at = X + t * columns;
                accumulate(dots, matrix, row, some, far, toRow - 1, before, columns, memory, at, together);
                LaneSums.reduce(memory, SUMS);
                int live = Math.min(together, inputs - t);
                long place = outOffset + t * outStride;
                store(matrix, row, some, far, toRow, memory, streams, together, live, out, place, outStride);
            }
        }
    }

    /** Copies the inputs, each between zeros; places without an input repeat the last one, and their results are dropped. */
    private static void arrange(
            MemorySegment x, long xOffset, int inputs, int places, int width, int before, int columns, float[] memory) {
        for (int t = 0; t < places; t++) {
            int to = X + t * columns;
            long from = xOffset + (long) Math.min(t, inputs - 1) * width;
            Arrays.fill(memory, to, to + before, 0);
            MemorySegment.copy(x, JAVA_FLOAT, from * Float.BYTES, memory, to + before, width);
            Arrays.fill(memory, to + before + width, to + columns, 0);
        }
    }

    private static void accumulate(
            RowDots dots,
            StoredMatrix matrix,
            int row,
            int calls,
            int far,
            int last,
            int before,
            int columns,
            float[] memory,
            int x,
            int together) {
        int lanes = dots.rows(together) * together * Lanes.COUNT;
        for (int i = 0; i < calls; i++) {
            if (together == 1) {
                dots.one(matrix, row + i, far, last, before, columns, memory, x, SUMS + i * lanes);
            } else {
                dots.four(matrix, row + i, far, last, before, columns, memory, x, SUMS + i * lanes);
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
