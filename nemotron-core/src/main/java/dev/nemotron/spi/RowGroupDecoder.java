package dev.nemotron.spi;

/**
 * Turns rows that are stored side by side into FP32, for formats where a vector holds a column of some rows rather than some
 * columns of a row. The values are those of the format's {@link RowDecoder}. Implementations are stateless and thread-safe.
 */
public interface RowGroupDecoder {

    /**
     * How many rows are stored side by side.
     *
     * @return the rows of a group
     */
    int rows();

    /**
     * Decodes some columns of a group without the rows' factors. Rows beyond the matrix get any values.
     *
     * @param matrix a matrix of the decoder's format
     * @param row the first row of the group
     * @param from the first column, a multiple of {@link RowDecoder#ALIGNED}
     * @param to the column after the last, another multiple
     * @param out receives the values, [to - from][rows]
     * @param outOffset where in {@code out} to begin
     */
    void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset);
}
