package dev.nemotron.kernel;

import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.kernel.scalar.Bf16;
import dev.nemotron.spi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {

    private static final int KV_HEADS = 2;

    /** A head width, query heads that share a key/value head, a length. */
    record Case(KvPages.Type type, int headWidth, int queryHeads, int length) {}

    static Stream<Arguments> cases() {
        return KernelSets.both()
                .flatMap(kernels -> Stream.of(KvPages.Type.values())
                        .flatMap(type -> Stream.of(
                                Arguments.of(kernels, new Case(type, 1, 1, 1)),
                                Arguments.of(kernels, new Case(type, 8, 3, 5)),
                                Arguments.of(kernels, new Case(type, 20, 4, 64)),
                                Arguments.of(kernels, new Case(type, 64, 5, 65)),
                                Arguments.of(kernels, new Case(type, 80, 16, 256)),
                                Arguments.of(kernels, new Case(type, 128, 2, 257)),
                                Arguments.of(kernels, new Case(type, 13, 7, 700)))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void attentionIsASoftmaxOfScoresOverValues(Kernels kernels, Case c) {
        Cache cache = new Cache(kernels, c, 1);
        MemorySegment queries = cache.queries(3);
        float[] out = cache.attend(kernels, queries);
        float scale = (float) (1 / Math.sqrt(c.headWidth));
        for (int head = 0; head < KV_HEADS * c.queryHeads; head++) {
            double[] weights = new double[c.length];
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < c.length; j++) {
                for (int p = 0; p < c.headWidth; p++) {
                    weights[j] += Floats.get(queries, cache.queryIndex(head) + p)
                            * (double) cache.stored(cache.keys, j, head / c.queryHeads, p)
                            * scale;
                }
                max = Math.max(max, weights[j]);
            }
            double total = 0;
            for (int j = 0; j < c.length; j++) {
                weights[j] = Math.exp(weights[j] - max);
                total += weights[j];
            }
            for (int p = 0; p < c.headWidth; p++) {
                double expected = 0;
                for (int j = 0; j < c.length; j++) {
                    expected += weights[j] / total * cache.stored(cache.values, j, head / c.queryHeads, p);
                }
                // Scores up to about 30 are off by their roundings, which exp turns into relative errors of the
                // weights.
                assertThat((double) out[head * c.headWidth + p]).isCloseTo(expected, within(3e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hugeScoresPickTheirTokenAndNeverOverflow(Kernels kernels, Case c) {
        Cache cache = new Cache(kernels, c, 1e4);
        float[] out = cache.attend(kernels, cache.queries(1e4));
        for (float value : out) {
            assertThat(value).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aNanInOneQueryHeadStaysInThatHead(Kernels kernels, Case c) {
        Cache cache = new Cache(kernels, c, 1);
        MemorySegment queries = cache.queries(1);
        float[] clean = cache.attend(kernels, queries);
        int bad = KV_HEADS * c.queryHeads - 1;
        queries.setAtIndex(JAVA_FLOAT, cache.queryIndex(bad), Float.NaN);
        float[] out = cache.attend(kernels, queries);
        for (int i = 0; i < out.length; i++) {
            if (i / c.headWidth == bad) {
                assertThat(out[i]).isNaN();
            } else {
                assertThat(out[i]).isEqualTo(clean[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatLiesBehindThePrefixDoesNotMatter(Kernels kernels, Case c) {
        Cache cache = new Cache(kernels, c, 1);
        MemorySegment queries = cache.queries(1);
        float[] clean = cache.attend(kernels, queries);
        int capacity = (c.length + PAGE_TOKENS - 1) / PAGE_TOKENS * PAGE_TOKENS;
        MemorySegment bad = Floats.random(9, (long) KV_HEADS * c.headWidth, v -> Double.NaN);
        for (int j = c.length; j < capacity; j++) {
            kernels.append(bad, bad, 0, cache.pages, j);
        }
        assertThat(cache.attend(kernels, queries)).isEqualTo(clean);
    }

    @ParameterizedTest
    @MethodSource("dev.nemotron.kernel.KernelSets#both")
    void keysAreRoundedToNearestEvenAndNanStaysNan(Kernels kernels) {
        float[] values = {
            1f, 257f / 256, 259f / 256, Math.nextUp(257f / 256), -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e30f
        };
        short[] codes = {0x3F80, 0x3F80, 0x3F82, 0x3F81, (short) 0x8000, 0, 0x7F80, Bf16.round(1e30f)};
        KvPages pages = pages(KvPages.Type.BF16, 1, values.length, 1);
        kernels.append(Floats.of(values), Floats.of(values), 0, pages, 3);
        for (int p = 0; p < values.length; p++) {
            assertThat(pages.pages().getFirst().getAtIndex(JAVA_SHORT, pages.keyIndex(0, 3, p)))
                    .isEqualTo(codes[p]);
            assertThat(pages.pages().getFirst().getAtIndex(JAVA_SHORT, pages.valueIndex(0, 3) + p))
                    .isEqualTo(codes[p]);
        }
        assertThat(Bf16.widen(Bf16.round(Float.intBitsToFloat(0x7F800001)))).isNaN();
        assertThat(Bf16.widen(Bf16.round(Float.intBitsToFloat(0xFFFFFFFF)))).isNaN();
        assertThat(Bf16.widen(Bf16.round(Float.NEGATIVE_INFINITY))).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    private static KvPages pages(KvPages.Type type, int heads, int headWidth, int length) {
        List<MemorySegment> pages = new ArrayList<>();
        KvPages cache = new KvPages(pages, type, heads, headWidth);
        for (int j = 0; j < length; j += PAGE_TOKENS) {
            pages.add(Arena.ofAuto().allocate(cache.pageBytes(), 64));
        }
        return cache;
    }

    private static final class Cache {

        private final Case c;
        private final KvPages pages;
        private final MemorySegment keys;
        private final MemorySegment values;

        Cache(Kernels kernels, Case c, double magnitude) {
            this.c = c;
            pages = pages(c.type, KV_HEADS, c.headWidth, c.length);
            int width = KV_HEADS * c.headWidth;
            keys = Floats.random(1, (long) c.length * width, v -> magnitude * v);
            values = Floats.random(2, (long) c.length * width);
            for (int j = 0; j < c.length; j++) {
                kernels.append(keys, values, (long) j * width, pages, j);
            }
        }

        MemorySegment queries(double magnitude) {
            return Floats.random(3, 5 + (long) KV_HEADS * c.queryHeads * c.headWidth, v -> magnitude * v);
        }

        long queryIndex(int head) {
            return 5 + (long) head * c.headWidth;
        }

        float stored(MemorySegment tokens, int token, int kvHead, int p) {
            float value = Floats.get(tokens, ((long) token * KV_HEADS + kvHead) * c.headWidth + p);
            return c.type == KvPages.Type.F32 ? value : Bf16.widen(Bf16.round(value));
        }

        float[] attend(Kernels kernels, MemorySegment queries) {
            MemorySegment out = Floats.zeros(5 + (long) KV_HEADS * c.queryHeads * c.headWidth);
            Scratch scratch = new Scratch(Floats.random(4, kernels.attendScratch(c.queryHeads, c.headWidth)));
            float scale = (float) (1 / Math.sqrt(c.headWidth));
            for (int head = KV_HEADS - 1; head >= 0; head--) {
                kernels.attend(queries, 5, pages, head, c.queryHeads, c.length, scale, out, scratch);
            }
            return Floats.array(out.asSlice(5 * Float.BYTES));
        }
    }
}
