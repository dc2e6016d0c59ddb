package dev.nemotron.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** Matrix times rows: each row of the matrix is decoded once and multiplied with every input. */
final class ScalarMatrix {

    private ScalarMatrix() {}

    static void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch) {
        RowDecoder decoder = matrix.format().scalarDecoder();
        decode(decoder, matrix, row, out, outOffset, scratch);
        ScalarElementwise.scale(decoder.factor(matrix, row), out, outOffset, matrix.columns());
    }

    private static void decode(
            RowDecoder decoder, StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch) {
        float[] decoded = scratch.floats(matrix.columns());
        decoder.decode(matrix, row, decoded, Scratch.START);
        MemorySegment.copy(decoded, Scratch.START, out, JAVA_FLOAT, outOffset * Float.BYTES, matrix.columns());
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
        MemorySegment scratch = memory.segment();
        RowDecoder decoder = matrix.format().scalarDecoder();
        int columns = matrix.columns();
        for (int m = fromRow; m < toRow; m++) {
            decode(decoder, matrix, m, scratch, 0, memory);
            float factor = decoder.factor(matrix, m);
            for (int t = 0; t < rows; t++) {
                float product = (float) dot(scratch, 0, x, xOffset + (long) t * columns, columns) * factor;
                out.setAtIndex(JAVA_FLOAT, outOffset + t * outStride + m, product);
            }
        }
    }

    /** Σ a·b; each product is exact, and four sums side by side keep the adder busy. */
    static double dot(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            sum0 += product(a, aOffset + i, b, bOffset + i);
            sum1 += product(a, aOffset + i + 1, b, bOffset + i + 1);
            sum2 += product(a, aOffset + i + 2, b, bOffset + i + 2);
            sum3 += product(a, aOffset + i + 3, b, bOffset + i + 3);
        }
        for (; i < count; i++) {
            sum0 += product(a, aOffset + i, b, bOffset + i);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static double product(MemorySegment a, long i, MemorySegment b, long j) {
        return (double) a.getAtIndex(JAVA_FLOAT, i) * b.getAtIndex(JAVA_FLOAT, j);
    }
}
