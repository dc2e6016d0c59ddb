package dev.nemotron.spi;

/**
 * Turns rows of a stored matrix into FP32. The value of a weight is the decoded element times the row's factor, so that
 * everything before the last multiplication is exact. Implementations are stateless and thread-safe.
 */
public interface RowDecoder {

    /** What a range of columns begins at a multiple of. */
    int ALIGNED = 16;

    /**
     * Decodes some columns of a row without its factor.
     *
     * @param matrix a matrix of the decoder's format
     * @param row the row, from 0
     * @param from the first column, a multiple of {@link #ALIGNED}
     * @param to the column after the last
     * @param out receives {@code to - from} floats
     * @param outOffset where in {@code out} to begin
     */
    void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset);

    /**
     * Decodes a row without its factor.
     *
     * @param matrix a matrix of the decoder's format
     * @param row the row, from 0
     * @param out receives {@code columns} floats
     * @param outOffset where in {@code out} to begin
     */
    default void decode(StoredMatrix matrix, int row, float[] out, int outOffset) {
        decode(matrix, row, 0, matrix.columns(), out, outOffset);
    }

    /**
     * The factor of one row.
     *
     * @param matrix a matrix of the decoder's format
     * @param row the row, from 0
     * @return what a product with the decoded row is multiplied by, once, at the end
     */
    default float factor(StoredMatrix matrix, int row) {
        return matrix.factor();
    }
}
