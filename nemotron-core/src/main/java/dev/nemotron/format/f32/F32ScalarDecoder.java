package dev.nemotron.format.f32;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** Copies rows of singles; a bulk copy, so there is no SIMD twin. */
final class F32ScalarDecoder implements RowDecoder {

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        long at = ((long) row * matrix.columns() + from) * Float.BYTES;
        MemorySegment.copy(matrix.codes(), Tensor.F32_LE, at, out, outOffset, to - from);
    }
}
