package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.LaneSums.GROUP;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.MatrixProduct;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/**
 * Matrix times rows. Every output is one accumulator of L lanes along the columns, summed by halves, then the columns that
 * fill no vector one by one, then the row's factor: the same steps on each path, so that one input or many give the same
 * bits.
 */
final class VectorMatrix {

    /** The most rows that are decoded together. */
    private static final int MOST_ROWS = 4 * GROUP;

    /** Inputs that are multiplied together. */
    private static final int INPUTS = 4;

    /** The lanes of the outputs of all rows and four inputs lie at the start of the scratch, decoded rows behind them. */
    private static final int BAND = MOST_ROWS * INPUTS * Lanes.COUNT;

    /** Columns of four inputs that stay in the first cache; a multiple of any number of lanes. */
    private static final int BLOCK_COLUMNS = 1024;

    /** Decoded rows that stay in the second cache, in floats. */
    private static final int BAND_FLOATS = 1 << 16;

    private VectorMatrix() {}

    static void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset) {
        RowDecoder decoder = matrix.format().vectorDecoder();
        decoder.decode(matrix, row, out, outOffset);
        VectorElementwise.scale(decoder.factor(matrix, row), out, outOffset, matrix.columns());
    }

    static long scratch(StoredMatrix matrix) {
        int columns = matrix.columns();
        MatrixProduct product = matrix.format().vectorProduct();
        return product != null ? product.scratch(columns) : BAND + (long) bandRows(columns) * columns;
    }

    /** A multiple of {@link LaneSums#GROUP}: 16 rows, or more where they are short. */
    private static int bandRows(int columns) {
        return Math.max(GROUP, Math.min(MOST_ROWS, BAND_FLOATS / columns) / GROUP * GROUP);
    }

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
            Scratch memory) {
        MatrixProduct product = matrix.format().vectorProduct();
        if (product != null) {
            product.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, memory);
            return;
        }
        MemorySegment scratch = memory.segment();
        RowDots dots = matrix.format().vectorDots();
        if (rows == 1 && dots != null && matrix.columns() % Lanes.COUNT == 0) {
            multiplyStored(dots, matrix, fromRow, toRow, x, xOffset, out, outOffset, scratch);
            return;
        }
        int columns = matrix.columns();
        int together = rows / INPUTS * INPUTS;
        float[] inputs = memory.floats(together * columns);
        MemorySegment.copy(x, JAVA_FLOAT, xOffset * Float.BYTES, inputs, 0, together * columns);
        RowDecoder decoder = matrix.format().vectorDecoder();
        int bandRows = bandRows(columns);
        for (int first = fromRow; first < toRow; first += bandRows) {
            int count = Math.min(bandRows, toRow - first);
            for (int i = 0; i < count; i++) {
                decoder.decode(matrix, first + i, scratch, BAND + (long) i * columns);
            }
            multiplyBand(decoder, matrix, first, count, inputs, x, xOffset, rows, out, outOffset, outStride, scratch);
        }
    }

    /** One input, four far streams of rows read as they are stored; each stream brings four rows to a group of sums. */
    private static void multiplyStored(
            RowDots dots,
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            MemorySegment out,
            long outOffset,
            MemorySegment scratch) {
        RowDecoder decoder = matrix.format().vectorDecoder();
        int quarter = (toRow - fromRow + RowDots.ROWS - 1) / RowDots.ROWS;
        int last = toRow - 1;
        for (int step = 0; step < quarter; step += GROUP / RowDots.ROWS) {
            int steps = Math.min(GROUP / RowDots.ROWS, quarter - step);
            for (int i = 0; i < steps; i++) {
                int row = fromRow + step + i;
                int row1 = Math.min(row + quarter, last);
                int row2 = Math.min(row + 2 * quarter, last);
                int row3 = Math.min(row + 3 * quarter, last);
                dots.accumulate(
                        matrix, row, row1, row2, row3, x, xOffset, scratch, (long) i * RowDots.ROWS * Lanes.COUNT);
            }
            LaneSums.reduce(scratch, 0);
            for (int i = 0; i < RowDots.ROWS * steps; i++) {
                int row = fromRow + step + i / RowDots.ROWS + i % RowDots.ROWS * quarter;
                if (row < toRow) {
                    float product = scratch.getAtIndex(JAVA_FLOAT, i) * decoder.factor(matrix, row);
                    out.setAtIndex(JAVA_FLOAT, outOffset + row, product);
                }
            }
        }
    }

    /** Decoded rows with all inputs, four inputs at a time and the rest one by one. */
    private static void multiplyBand(
            RowDecoder decoder,
            StoredMatrix matrix,
            int firstRow,
            int count,
            float[] together,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            MemorySegment scratch) {
        int columns = matrix.columns();
        for (int t = 0; t < rows; ) {
            int inputs = rows - t < INPUTS ? 1 : INPUTS;
            long input = xOffset + (long) t * columns;
            if (inputs == INPUTS) {
                accumulateFour(count, columns, together, t * columns, scratch);
            } else {
                accumulateOne(count, columns, x, input, scratch);
            }
            long place = outOffset + t * outStride;
            int rowsTogether = GROUP / inputs;
            for (int i = 0; i < count; i += rowsTogether) {
                int some = Math.min(rowsTogether, count - i);
                finish(decoder, matrix, firstRow, i, some, x, input, inputs, out, place, outStride, scratch);
            }
            t += inputs;
        }
    }

    /** Lanes of all rows of the band with four inputs, one block of columns after the other. */
    private static void accumulateFour(int count, int columns, float[] x, int input, MemorySegment scratch) {
        long stride = (long) columns * Float.BYTES;
        long tile = (long) GROUP * Lanes.COUNT * Float.BYTES;
        for (int first = 0; first == 0 || first < columns; first += BLOCK_COLUMNS) {
            int in = input + first;
            for (int i = 0; i < count; i += 4) {
                long w = ((long) BAND + first) * Float.BYTES + i * stride;
                VectorTile.accumulate(
                        first == 0,
                        scratch,
                        w,
                        w + stride,
                        w + 2 * stride,
                        w + 3 * stride,
                        x,
                        in,
                        in + columns,
                        in + 2 * columns,
                        in + 3 * columns,
                        Math.min(BLOCK_COLUMNS, columns - first),
                        scratch,
                        i / 4 * tile);
            }
        }
    }

    /** Lanes of all rows of the band with one input. */
    private static void accumulateOne(int count, int columns, MemorySegment x, long input, MemorySegment scratch) {
        long stride = (long) columns * Float.BYTES;
        for (int i = 0; i < count; i += 4) {
            long w = (long) BAND * Float.BYTES + i * stride;
            F32Dots.accumulate(
                    scratch,
                    w,
                    w + stride,
                    w + 2 * stride,
                    w + 3 * stride,
                    x,
                    input * Float.BYTES,
                    columns,
                    scratch,
                    (long) i * Lanes.COUNT * Float.BYTES);
        }
    }

    /** Sums the lanes of {@code count} rows times {@code inputs} inputs, adds the columns left out, applies the factors. */
    private static void finish(
            RowDecoder decoder,
            StoredMatrix matrix,
            int bandRow,
            int bandIndex,
            int count,
            MemorySegment x,
            long input,
            int inputs,
            MemorySegment out,
            long place,
            long outStride,
            MemorySegment scratch) {
        int columns = matrix.columns();
        int body = Lanes.body(columns);
        long sums = (long) bandIndex * inputs * Lanes.COUNT;
        LaneSums.reduce(scratch, sums);
        for (int i = 0; i < count; i++) {
            long decoded = BAND + (long) (bandIndex + i) * columns;
            int row = bandRow + bandIndex + i;
            float factor = decoder.factor(matrix, row);
            for (int j = 0; j < inputs; j++) {
                float sum = scratch.getAtIndex(JAVA_FLOAT, sums + (long) i * inputs + j);
                long column = input + (long) j * columns;
                for (int c = body; c < columns; c++) {
                    sum = Math.fma(
                            scratch.getAtIndex(JAVA_FLOAT, decoded + c), x.getAtIndex(JAVA_FLOAT, column + c), sum);
                }
                out.setAtIndex(JAVA_FLOAT, place + j * outStride + row, sum * factor);
            }
        }
    }
}
