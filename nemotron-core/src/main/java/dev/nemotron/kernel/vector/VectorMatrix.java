package dev.nemotron.kernel.vector;

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
 * bits. Few inputs are multiplied with the codes as they are stored, many with rows that are decoded once for all.
 */
final class VectorMatrix {

    /** The fewest inputs for which decoded rows are worth their memory. */
    private static final int MANY = 13;

    /** A multiple of what any kernel takes together. */
    private static final int TOGETHER = 12;

    /** Inputs that stay in the second cache beside the decoded rows, in floats. */
    private static final int CHUNK_FLOATS = 1 << 18;

    /** Fewer inputs than these do not pay for the decoding of rows; then it is better to read many from beyond the second cache. */
    private static final int FEW = 48;

    private static final int MANY_FROM_BEYOND = 96;

    private VectorMatrix() {}

    static void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch) {
        RowDecoder decoder = matrix.format().vectorDecoder();
        float[] decoded = scratch.floats(matrix.columns());
        decoder.decode(matrix, row, decoded, Scratch.START);
        VectorElementwise.scale(decoder.factor(matrix, row), decoded, Scratch.START, matrix.columns());
        MemorySegment.copy(decoded, Scratch.START, out, JAVA_FLOAT, outOffset * Float.BYTES, matrix.columns());
    }

    static long scratch(StoredMatrix matrix) {
        MatrixProduct product = matrix.format().vectorProduct();
        return product != null ? product.scratch(matrix.columns()) : 0;
    }

    /** Inputs that are multiplied together: parts of one size, of which each stays in the second cache if rows are short. */
    private static int chunk(int inputs, int columns) {
        int cached = CHUNK_FLOATS / columns;
        int most = cached < FEW ? MANY_FROM_BEYOND : cached;
        int parts = Math.max(1, Math.ceilDiv(inputs, most));
        int part = Math.ceilDiv(Math.max(1, inputs), parts);
        return Math.ceilDiv(part, TOGETHER) * TOGETHER;
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
            Scratch scratch) {
        int columns = matrix.columns();
        int chunk = chunk(rows, columns);
        for (int t = 0; t < rows; t += chunk) {
            int some = Math.min(chunk, rows - t);
            long from = xOffset + (long) t * columns;
            long to = outOffset + t * outStride;
            multiplyChunk(matrix, fromRow, toRow, x, from, some, out, to, outStride, scratch);
        }
    }

    private static void multiplyChunk(
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
        MatrixProduct product = matrix.format().vectorProduct();
        if (product != null) {
            product.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
            return;
        }
        RowDots dots = matrix.format().vectorDots();
        if (dots != null && rows < MANY && matrix.columns() % Lanes.COUNT == 0) {
            StoredRows.multiply(dots, matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
        } else {
            DecodedRows.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
        }
    }
}
