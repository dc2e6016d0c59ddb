package dev.nemotron.spi;

import java.lang.foreign.MemorySegment;

/**
 * Dot products straight from the stored codes, for one input: what a format brings where decoding a row to memory first
 * would cost more than reading it. With L lanes, the sum of lane l of a row runs over the columns l, l + L, l + 2L, … in
 * this order, by fused multiply-add of the decoded weight (without the row's factor) and the input from 0; so the bits are
 * those of {@link RowDecoder} and the generic kernel. Called only where L divides the columns. Implementations are stateless
 * and thread-safe, allocate nothing, and keep {@link #accumulate} one method without vectors among its parameters.
 */
public interface RowDots {

    /** Rows taken together. They may lie far apart: several streams keep more of the memory busy than one. */
    int ROWS = 4;

    /**
     * Accumulates the lanes of four rows.
     *
     * @param matrix a matrix of the format
     * @param row0 a row
     * @param row1 a row
     * @param row2 a row
     * @param row3 a row
     * @param x the input, [columns]
     * @param xOffset where it begins, in floats
     * @param sums receives [4][L], the lanes of each row
     * @param sumsOffset where to begin, in floats
     */
    void accumulate(
            StoredMatrix matrix,
            int row0,
            int row1,
            int row2,
            int row3,
            MemorySegment x,
            long xOffset,
            MemorySegment sums,
            long sumsOffset);
}
