package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.LaneSums.GROUP;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/**
 * Many inputs times rows that are decoded once for all of them: 16 rows at a time in the second cache, of which a block of
 * columns at a time lies in the first while all inputs pass by. One array holds the decoded rows, then the lanes of all sums,
 * then the inputs.
 */
final class DecodedRows {

    private static final int INPUTS = VectorTile.INPUTS;

    /** Rows that are decoded together. */
    private static final int ROWS = GROUP;

    /** Columns of the rows that lie in the first cache; a multiple of any number of lanes. */
    private static final int BLOCK_COLUMNS = 512;

    private static final int DECODED = Scratch.START;

    /** Lanes of the sums of four rows and four inputs. */
    private static final int TILE = GROUP * Lanes.COUNT;

    private DecodedRows() {}

    /** From one decoded row to the next: whole lines of the cache, an odd number, or all rows would share the same few. */
    private static int stride(int columns) {
        return (Math.ceilDiv(columns, GROUP) | 1) * GROUP;
    }

    static void multiply(
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
        int stride = stride(columns);
        int together = inputs == 1 ? 1 : INPUTS;
        int padded = Math.ceilDiv(inputs, together) * together;
        int sums = DECODED + ROWS * stride;
        int from = sums + ROWS / VectorTile.ROWS * Math.ceilDiv(inputs, INPUTS) * TILE;
        float[] memory = scratch.floats(from + padded * stride - DECODED);
        for (int t = 0; t < padded; t++) {
            // Places without an input repeat the last one, and their results are dropped.
            long input = xOffset + (long) Math.min(t, inputs - 1) * columns;
            MemorySegment.copy(x, JAVA_FLOAT, input * Float.BYTES, memory, from + t * stride, columns);
        }
        RowDecoder decoder = matrix.format().vectorDecoder();
        for (int row = fromRow; row < toRow; row += ROWS) {
            int count = Math.min(ROWS, toRow - row);
            for (int i = 0; i < count; i++) {
                decoder.decode(matrix, row + i, memory, DECODED + i * stride);
            }
            accumulate(count, columns, padded, memory, from, sums);
            for (int t = 0; t < inputs; t += INPUTS) {
                int tile = sums + t / INPUTS * (ROWS / VectorTile.ROWS) * TILE;
                int live = Math.min(INPUTS, inputs - t);
                long place = outOffset + t * outStride;
                finish(matrix, row, count, memory, from + t * stride, tile, together, live, out, place, outStride);
            }
        }
    }

    /** The lanes as [input / 4][row / 4][4][4][L], or [row][L] of one input, one block of columns after the other. */
    private static void accumulate(int count, int columns, int inputs, float[] memory, int x, int sums) {
        int stride = stride(columns);
        int body = Lanes.body(columns);
        for (int first = 0; first == 0 || first < body; first += BLOCK_COLUMNS) {
            int width = Math.min(BLOCK_COLUMNS, body - first);
            for (int t = 0; t < inputs; t += INPUTS) {
                for (int i = 0; i < count; i += VectorTile.ROWS) {
                    int w = DECODED + i * stride + first;
                    int input = x + t * stride + first;
                    if (inputs == 1) {
                        int out = sums + i * Lanes.COUNT;
                        VectorTile.accumulateOne(first == 0, memory, w, stride, input, width, out);
                    } else {
                        int out = sums + (t / INPUTS * (ROWS / VectorTile.ROWS) + i / VectorTile.ROWS) * TILE;
                        VectorTile.accumulate(first == 0, memory, w, stride, input, stride, width, out);
                    }
                }
            }
        }
    }

    /** Sums the lanes of {@code count} rows times a few inputs, adds the columns left out, applies the factors. */
    private static void finish(
            StoredMatrix matrix,
            int firstRow,
            int count,
            float[] memory,
            int x,
            int tile,
            int together,
            int inputs,
            MemorySegment out,
            long place,
            long outStride) {
        int columns = matrix.columns();
        int stride = stride(columns);
        RowDecoder decoder = matrix.format().vectorDecoder();
        int rowsTogether = GROUP / together;
        for (int i = 0; i < count; i++) {
            int group = tile + i / rowsTogether * TILE;
            if (i % rowsTogether == 0) {
                LaneSums.reduce(memory, group);
            }
            float factor = decoder.factor(matrix, firstRow + i);
            for (int j = 0; j < inputs; j++) {
                float sum = memory[group + i % rowsTogether * together + j];
                for (int c = Lanes.body(columns); c < columns; c++) {
                    sum = Math.fma(memory[DECODED + i * stride + c], memory[x + j * stride + c], sum);
                }
                out.setAtIndex(JAVA_FLOAT, place + j * outStride + firstRow + i, sum * factor);
            }
        }
    }
}
