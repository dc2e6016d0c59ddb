package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {

    private static final int TOKENS = 9;

    static Stream<Arguments> cases() {
        return KernelSets.both()
                .flatMap(k -> Stream.of(
                        Arguments.of(k, new ScanShape(1, 1, 1, 1, 4)),
                        Arguments.of(k, new ScanShape(4, 8, 2, 16, 4)),
                        Arguments.of(k, new ScanShape(6, 13, 3, 20, 2)),
                        Arguments.of(k, new ScanShape(8, 24, 2, 96, 5))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachChannelSeesItsLastInputs(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        MemorySegment out = inputs.convolve(kernels, 0, TOKENS);
        int channels = shape.convChannels();
        for (int t = 0; t < TOKENS; t++) {
            for (int c = 0; c < channels; c++) {
                double sum = Floats.get(inputs.bias, c);
                double magnitude = Math.abs(sum);
                for (int j = 0; j < shape.convWidth(); j++) {
                    double product = (double) Floats.get(inputs.weight, j * channels + c)
                            * inputs.raw(t - shape.convWidth() + 1 + j, c);
                    sum += product;
                    magnitude += Math.abs(product);
                }
                double expected = sum / (1 + Math.exp(-sum));
                // Roundings of the sum pass through SiLU, whose slope is below 1.1; then those of SiLU itself.
                double tolerance = (1.1 * shape.convWidth() * magnitude + 5 * Math.abs(expected)) * Floats.UNIT;
                assertThat((double) Floats.get(out, t * channels + c)).isCloseTo(expected, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensTogetherOrOneByOneGiveTheSameBits(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        float[] whole = Floats.array(inputs.convolve(kernels, 0, TOKENS));
        int channels = shape.convChannels();
        for (int t = 0; t < TOKENS; t++) {
            float[] one = Floats.array(inputs.convolve(kernels, t, 1));
            assertThat(one).isEqualTo(Arrays.copyOfRange(whole, t * channels, (t + 1) * channels));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bothKernelSetsGiveTheSameBits(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        assertThat(Floats.array(inputs.convolve(kernels, 0, TOKENS)))
                .isEqualTo(Floats.array(inputs.convolve(KernelSelection.scalar().kernels(), 0, TOKENS)));
    }

    private static final class Inputs {

        private final ScanShape shape;
        private final int stride;
        private final MemorySegment in;
        private final MemorySegment weight;
        private final MemorySegment bias;
        private final MemorySegment history;

        Inputs(ScanShape shape) {
            this.shape = shape;
            int channels = shape.convChannels();
            stride = channels + 7;
            in = Floats.random(1, (long) TOKENS * stride + 3, v -> 3 * v);
            weight = Floats.random(2, (long) shape.convWidth() * channels);
            bias = Floats.random(3, channels);
            history = Floats.random(4, Math.max(1L, (shape.convWidth() - 1L) * channels));
        }

        float raw(int token, int channel) {
            int taps = shape.convWidth();
            return token < 0
                    ? Floats.get(history, (long) (taps - 1 + token) * shape.convChannels() + channel)
                    : Floats.get(in, 3 + (long) token * stride + channel);
        }

        /** In two ranges of channels, from the history that belongs to the first token. */
        MemorySegment convolve(Kernels kernels, int first, int tokens) {
            int channels = shape.convChannels();
            float[] past = new float[(shape.convWidth() - 1) * channels];
            for (int i = 0; i < past.length; i++) {
                past[i] = raw(first - shape.convWidth() + 1 + i / channels, i % channels);
            }
            MemorySegment out = Floats.zeros((long) tokens * channels);
            int split = channels / 3;
            long offset = 3 + (long) first * stride;
            MemorySegment state = Floats.of(past);
            kernels.convolve(shape, in, offset, stride, tokens, weight, bias, state, out, 0, 0, split);
            kernels.convolve(shape, in, offset, stride, tokens, weight, bias, state, out, 0, split, channels);
            return out;
        }
    }
}
