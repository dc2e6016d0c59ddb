package dev.nemotron.format.bf16;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** Decodes rows of BF16 one element at a time. */
final class Bf16ScalarDecoder implements RowDecoder {

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        long at = ((long) row * matrix.columns() + from) * Short.BYTES;
        for (int c = 0; c < to - from; c++) {
            short code = codes.get(Tensor.U16_LE, at + (long) c * Short.BYTES);
            out[outOffset + c] = Float.intBitsToFloat(code << 16);
        }
    }
}
