package dev.nemotron.spi;

/**
 * Dot products straight from the stored codes, for the few inputs of generated tokens: what a format brings where decoding
 * a row to memory first would cost more than reading it. With L lanes, the sum of lane l of a row runs over the columns l,
 * l + L, l + 2L, … in this order, by fused multiply-add of the decoded weight (without the row's factor) and the input from
 * 0; so the bits are those of {@link RowDecoder} and the generic kernel. Called only where L divides the columns.
 * Implementations are stateless and thread-safe, allocate nothing, and keep each loop in one method without vectors among
 * its parameters, small enough for HotSpot's first compiler.
 */
public interface RowDots {

    /** The inputs of {@link #four}. */
    int INPUTS = 4;

    /**
     * The rows that are taken together. They lie far apart: several streams keep more of the memory busy than one.
     *
     * @param inputs 1 or {@link #INPUTS}
     * @return a power of two, at most 16 / {@code inputs}
     */
    int rows(int inputs);

    /**
     * Accumulates the lanes of R = {@code rows(1)} rows with one input.
     *
     * @param matrix a matrix of the format
     * @param row the first row; row i is {@code row} + i · {@code far}, or {@code last} beyond that
     * @param far the distance of the rows
     * @param last the greatest row
     * @param before how many elements before a row reading begins; the lanes turn by as many, which their sum does not show
     * @param columns how many elements of a row are read, a multiple of L
     * @param memory holds the input and receives the sums
     * @param x where the input begins, [columns]
     * @param sums where the sums begin, [R][L], the lanes of each row
     */
    void one(StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums);

    /**
     * Accumulates the lanes of R = {@code rows(INPUTS)} rows with each of {@link #INPUTS} inputs.
     *
     * @param matrix a matrix of the format
     * @param row the first row; row i is {@code row} + i · {@code far}, or {@code last} beyond that
     * @param far the distance of the rows
     * @param last the greatest row
     * @param before how many elements before a row reading begins; the lanes turn by as many, which their sum does not show
     * @param columns how many elements of a row are read, a multiple of L
     * @param memory holds the inputs and receives the sums
     * @param x where the inputs begin, [INPUTS][columns]
     * @param sums where the sums begin, [R][INPUTS][L], the lanes of each row and input
     */
    void four(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums);
}
