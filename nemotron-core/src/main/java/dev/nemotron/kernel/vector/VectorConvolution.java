package dev.nemotron.kernel.vector;

import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** The causal convolution of a Mamba-2 mixer with SiLU (specification 2.3.2), channels in lanes. */
final class VectorConvolution {

    private VectorConvolution() {}

    static void convolve(
            ScanShape shape,
            MemorySegment in,
            long inOffset,
            long inStride,
            int tokens,
            MemorySegment weight,
            MemorySegment bias,
            MemorySegment history,
            MemorySegment out,
            long outOffset,
            int fromChannel,
            int toChannel) {
        int taps = shape.convWidth();
        int channels = shape.convChannels();
        int count = toChannel - fromChannel;
        for (int t = 0; t < tokens; t++) {
            long sum = outOffset + (long) t * channels + fromChannel;
            MemorySegment.copy(
                    bias, (long) fromChannel * Float.BYTES, out, sum * Float.BYTES, count * (long) Float.BYTES);
            for (int j = 0; j < taps; j++) {
                int source = t - taps + 1 + j;
                MemorySegment raw = source < 0 ? history : in;
                long rawOffset = source < 0 ? (long) (taps - 1 + source) * channels : inOffset + source * inStride;
                VectorElementwise.addProduct(
                        weight, (long) j * channels + fromChannel, raw, rawOffset + fromChannel, out, sum, count);
            }
            VectorExponential.timesSigmoid(out, sum, out, sum, count);
        }
    }
}
