package dev.nemotron.spi;

import java.lang.foreign.MemorySegment;

/**
 * Matrix times rows for one weight format: what a format brings where its elements lie so that another order of the sums is
 * faster than rows one by one. Every output is summed in one fixed order, whatever the number of rows and the range.
 * Implementations are stateless and thread-safe, and allocate nothing in steady state.
 */
public interface MatrixProduct {

    /**
     * The off-heap scratch that {@link #multiply} needs.
     *
     * @param columns the most columns of any matrix
     * @return the size in floats
     */
    long scratch(int columns);

    /**
     * Multiplies, with the contract of {@link dev.nemotron.kernel.Kernels#multiply}.
     *
     * @param matrix W, [M, C], of the product's format
     * @param fromRow the first row of W
     * @param toRow the row of W after the last
     * @param x [T][C], rows adjacent, from {@code xOffset}
     * @param xOffset where x begins, in floats
     * @param rows T
     * @param out row t at {@code outOffset} + t · {@code outStride}, output m at + m
     * @param outOffset where the output begins, in floats
     * @param outStride floats from one row of the output to the next
     * @param scratch the caller's thread alone uses it
     */
    void multiply(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch);
}
