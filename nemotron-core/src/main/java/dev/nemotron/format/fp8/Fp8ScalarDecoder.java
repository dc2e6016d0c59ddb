package dev.nemotron.format.fp8;

import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.number.E4M3;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes rows of E4M3 one element at a time. */
final class Fp8ScalarDecoder implements RowDecoder {

    private final int block;

    /**
     * Creates a decoder.
     *
     * @param block the size of the blocks that have a scale, 0 where the scale is the row's factor
     */
    Fp8ScalarDecoder(int block) {
        this.block = block;
    }

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        long at = (long) row * matrix.columns();
        int end;
        for (int start = from; start < to; start = end) {
            end = Fp8Blocks.end(block, start, to);
            float factor = Fp8Blocks.factor(matrix, block, row, start);
            for (int c = start; c < end; c++) {
                out[outOffset + c - from] = E4M3.toFloat(codes.get(ValueLayout.JAVA_BYTE, at + c)) * factor;
            }
        }
    }

    @Override
    public float factor(StoredMatrix matrix, int row) {
        return block == 0 && matrix.scales().byteSize() != 0
                ? matrix.scales().get(Tensor.F32_LE, (long) row * Float.BYTES)
                : matrix.factor();
    }
}
