package dev.nemotron.kernel.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** The causal convolution of a Mamba-2 mixer with SiLU (specification 2.3.2). */
final class ScalarConvolution {

    private ScalarConvolution() {}

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
        for (int t = 0; t < tokens; t++) {
            for (int c = fromChannel; c < toChannel; c++) {
                float sum = bias.getAtIndex(JAVA_FLOAT, c);
                for (int j = 0; j < taps; j++) {
                    int source = t - taps + 1 + j;
                    float raw = source < 0
                            ? history.getAtIndex(JAVA_FLOAT, (long) (taps - 1 + source) * channels + c)
                            : in.getAtIndex(JAVA_FLOAT, inOffset + source * inStride + c);
                    sum = Math.fma(weight.getAtIndex(JAVA_FLOAT, (long) j * channels + c), raw, sum);
                }
                out.setAtIndex(JAVA_FLOAT, outOffset + (long) t * channels + c, Exponential.timesSigmoid(sum, sum));
            }
        }
    }
}
