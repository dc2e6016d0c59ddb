package dev.nemotron.spi;

/**
 * Turns rows of a stored matrix into FP32. The value of a weight is the decoded element times the row's factor, so that
 * everything before the last multiplication is exact. Implementations are stateless and thread-safe.
 */
public interface RowDecoder {

    /**
     * Decodes one row without its factor.
     *
     * @param matrix a matrix of the decoder's format
     * @param row the row, from 0
     * @param out receives {@code columns} floats
     * @param outOffset where in {@code out} to begin
     */
    void decode(StoredMatrix matrix, int row, float[] out, int outOffset);

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
