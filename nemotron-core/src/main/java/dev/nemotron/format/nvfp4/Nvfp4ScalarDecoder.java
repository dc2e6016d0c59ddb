package dev.nemotron.format.nvfp4;

import dev.nemotron.format.number.E2M1;
import dev.nemotron.format.number.E4M3;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes rows of NVFP4 two elements at a time. */
final class Nvfp4ScalarDecoder implements RowDecoder {

    @Override
    public void decode(StoredMatrix matrix, int row, int from, int to, float[] out, int outOffset) {
        MemorySegment codes = matrix.codes();
        int columns = matrix.columns();
        long pairs = (long) row * (columns / 2);
        long scales = (long) row * (columns / Nvfp4Format.BLOCK);
        for (int c = from; c < to; c += 2) {
            float scale = E4M3.toFloat(matrix.scales().get(ValueLayout.JAVA_BYTE, scales + c / Nvfp4Format.BLOCK));
            int pair = codes.get(ValueLayout.JAVA_BYTE, pairs + c / 2);
            out[outOffset + c - from] = E2M1.toFloat(pair) * scale;
            out[outOffset + c - from + 1] = E2M1.toFloat(pair >> 4) * scale;
        }
    }
}
