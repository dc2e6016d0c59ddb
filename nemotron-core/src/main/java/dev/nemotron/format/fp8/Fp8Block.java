package dev.nemotron.format.fp8;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.Tensor;
import java.util.List;

/** The grid of scales over blocks of 128 by 128 weights. */
final class Fp8Block {

    /** The width and height of a block. */
    static final int SIZE = 128;

    private Fp8Block() {}

    static boolean isFloat(Tensor scale) {
        return scale.dtype() == DType.F32 || scale.dtype() == DType.BF16 || scale.dtype() == DType.F16;
    }

    static List<Long> grid(int rows, int columns) {
        return List.of((long) Math.ceilDiv(rows, SIZE), (long) Math.ceilDiv(columns, SIZE));
    }

    /** Tells whether scales form the grid, perhaps with singleton dimensions as [R, 1, C, 1], and not a column. */
    static boolean isGrid(Tensor scale, int rows, int columns) {
        List<Long> grid = grid(rows, columns);
        long across = grid.get(0);
        long along = grid.get(1);
        if (across * along == 1) {
            return scale.elementCount() == 1;
        }
        return !Fp8Format.isChannel(scale, rows)
                && (scale.shape().equals(grid)
                        || scale.shape().equals(List.of(across, 1L, along))
                        || scale.shape().equals(List.of(across, 1L, along, 1L)));
    }
}
