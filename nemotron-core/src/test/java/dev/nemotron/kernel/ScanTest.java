package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScanTest {

    private static final int TOKENS = 7;

    static Stream<Arguments> cases() {
        return KernelSets.both()
                .flatMap(k -> Stream.of(
                        Arguments.of(k, new ScanShape(1, 1, 1, 1, 4)),
                        Arguments.of(k, new ScanShape(4, 5, 2, 8, 4)),
                        Arguments.of(k, new ScanShape(4, 16, 4, 20, 4)),
                        Arguments.of(k, new ScanShape(6, 80, 3, 96, 4)),
                        Arguments.of(k, new ScanShape(2, 64, 1, 256, 4)),
                        Arguments.of(k, new ScanShape(3, 103, 1, 128, 4))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesAndOutputsFollowTheRecurrence(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        MemorySegment state = Floats.copy(inputs.state);
        MemorySegment out = inputs.scan(kernels, state, 0, TOKENS);
        int width = shape.headWidth();
        int size = shape.stateSize();
        for (int head = 0; head < shape.heads(); head++) {
            for (int p = 0; p < width; p++) {
                double[] s = new double[size];
                for (int n = 0; n < size; n++) {
                    s[n] = Floats.get(inputs.state, (head * size + n) * width + p);
                }
                for (int t = 0; t < TOKENS; t++) {
                    assertOutput(inputs, head, p, t, s, Floats.get(out, t * shape.innerWidth() + head * width + p));
                }
                for (int n = 0; n < size; n++) {
                    assertThat((double) Floats.get(state, (head * size + n) * width + p))
                            .isCloseTo(s[n], within(TOKENS * 8 * Floats.UNIT * (Math.abs(s[n]) + 10)));
                }
            }
        }
    }

    /** Advances one column in FP64 and compares; each term of the output carries a few roundings a token. */
    private static void assertOutput(Inputs inputs, int head, int p, int t, double[] s, float actual) {
        ScanShape shape = inputs.shape;
        int group = head / (shape.heads() / shape.groups());
        int token = t * shape.convChannels();
        int b = token + shape.innerWidth() + group * s.length;
        int c = b + shape.groups() * s.length;
        double step = Floats.get(inputs.steps, t * shape.heads() + head);
        double keep = Math.exp(step * Floats.get(inputs.decay, head));
        double x = Floats.get(inputs.conv, token + head * shape.headWidth() + p);
        double y = Floats.get(inputs.skip, head) * x;
        double magnitude = Math.abs(y);
        for (int n = 0; n < s.length; n++) {
            s[n] = keep * s[n] + step * x * Floats.get(inputs.conv, b + n);
            double product = s[n] * Floats.get(inputs.conv, c + n);
            y += product;
            magnitude += Math.abs(product) + 1;
        }
        assertThat((double) actual).isCloseTo(y, within((s.length + TOKENS * 8) * Floats.UNIT * magnitude));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensTogetherOrOneByOneAndAnySplitOfTheHeadsGiveTheSameBits(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        MemorySegment state = Floats.copy(inputs.state);
        float[] whole = Floats.array(inputs.scan(kernels, state, 0, TOKENS));
        MemorySegment stepped = Floats.copy(inputs.state);
        for (int t = 0; t < TOKENS; t++) {
            float[] one = Floats.array(inputs.scan(kernels, stepped, t, 1));
            for (int i = 0; i < one.length; i++) {
                assertThat(one[i]).isEqualTo(whole[t * one.length + i]);
            }
        }
        assertThat(Floats.array(stepped)).isEqualTo(Floats.array(state));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bothKernelSetsKeepTheSameState(Kernels kernels, ScanShape shape) {
        Inputs inputs = new Inputs(shape);
        MemorySegment state = Floats.copy(inputs.state);
        MemorySegment plain = Floats.copy(inputs.state);
        inputs.scan(kernels, state, 0, TOKENS);
        inputs.scan(KernelSelection.scalar().kernels(), plain, 0, TOKENS);
        assertThat(Floats.array(state)).isEqualTo(Floats.array(plain));
    }

    private static final class Inputs {

        private final ScanShape shape;
        private final MemorySegment conv;
        private final MemorySegment steps;
        private final MemorySegment decay;
        private final MemorySegment skip;
        private final MemorySegment state;

        Inputs(ScanShape shape) {
            this.shape = shape;
            conv = Floats.random(1, (long) TOKENS * shape.convChannels());
            steps = Floats.random(2, (long) TOKENS * shape.heads(), v -> Math.log1p(Math.exp(v)));
            decay = Floats.random(3, shape.heads(), v -> -Math.exp(v));
            skip = Floats.random(4, shape.heads());
            state = Floats.random(5, (long) shape.innerWidth() * shape.stateSize());
        }

        /** One call for each head where there is one token, one call otherwise. */
        MemorySegment scan(Kernels kernels, MemorySegment s, int first, int tokens) {
            MemorySegment out = Floats.zeros((long) tokens * shape.innerWidth());
            long convOffset = (long) first * shape.convChannels();
            long stepsOffset = (long) first * shape.heads();
            int range = tokens == 1 ? 1 : shape.heads();
            for (int h = 0; h < shape.heads(); h += range) {
                kernels.scan(shape, conv, convOffset, steps, stepsOffset, tokens, decay, skip, s, out, 0, h, h + range);
            }
            return out;
        }
    }
}
