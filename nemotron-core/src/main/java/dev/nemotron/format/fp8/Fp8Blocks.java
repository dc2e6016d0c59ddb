package dev.nemotron.format.fp8;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.StoredMatrix;

/** The square blocks of E4M3 that have a scale of their own. A size of 0 says that there are none. */
public final class Fp8Blocks {

    private Fp8Blocks() {}

    /**
     * Where a run of columns with one scale ends.
     *
     * @param block the size of the blocks
     * @param column the first column
     * @param to where it ends at the latest
     * @return the column after the last
     */
    public static int end(int block, int column, int to) {
        return block == 0 ? to : Math.min(to, (column / block + 1) * block);
    }

    /**
     * The scale of a block.
     *
     * @param matrix the weights
     * @param block the size of the blocks
     * @param row a row of the block
     * @param column a column of the block
     * @return the scale, 1 where there are no blocks
     */
    public static float factor(StoredMatrix matrix, int block, int row, int column) {
        if (block == 0) {
            return 1;
        }
        long place = (long) (row / block) * Math.ceilDiv(matrix.columns(), block) + column / block;
        return matrix.scales().get(Tensor.F32_LE, place * Float.BYTES);
    }
}
