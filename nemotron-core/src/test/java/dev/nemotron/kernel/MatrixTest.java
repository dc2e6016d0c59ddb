package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {

    private static final int ROWS = 37;

    /** The usual sizes, and some that take several blocks of columns. */
    static Stream<Arguments> cases() {
        IntStream sizes = IntStream.concat(IntStream.of(KernelSets.SIZES), IntStream.of(1024, 2051));
        return sizes.boxed()
                .flatMap(size -> KernelSets.both()
                        .flatMap(kernels ->
                                Stream.of(TestFormat.values()).map(format -> Arguments.of(kernels, format, size))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productsFollowTheFormula(Kernels kernels, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(1, (long) ROWS * columns), ROWS, columns);
        int inputs = 6;
        MemorySegment x = Floats.random(2, (long) inputs * columns);
        MemorySegment out = multiply(kernels, matrix, 0, ROWS, x, inputs);
        for (int t = 0; t < inputs; t++) {
            for (int m = 0; m < ROWS; m++) {
                double sum = 0;
                double magnitude = 0;
                for (int c = 0; c < columns; c++) {
                    double product = (double) format.weight(matrix, m, c) * Floats.get(x, t * columns + c);
                    sum += product;
                    magnitude += Math.abs(product);
                }
                double factor = 0.75 + m;
                // Each of at least four lanes rounds once a column, and lanes are summed in a few more steps.
                double tolerance = (columns / 4 + 8) * Floats.UNIT * magnitude * factor;
                assertThat((double) Floats.get(out, t * ROWS + m)).isCloseTo(sum * factor, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfInputsAndAnySplitOfTheRowsGiveTheSameBits(Kernels kernels, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(3, (long) ROWS * columns), ROWS, columns);
        int[] inputs = {2, 4, 5, 11, 12, 13, 18, 30};
        int most = inputs[inputs.length - 1];
        MemorySegment x = Floats.random(4, (long) most * columns);
        float[] alone = new float[most * ROWS];
        for (int t = 0; t < most; t++) {
            MemorySegment row = x.asSlice((long) t * columns * Float.BYTES, (long) columns * Float.BYTES);
            MemorySegment out = Floats.zeros(ROWS);
            Scratch scratch = new Scratch(Floats.random(5, kernels.multiplyScratch(matrix)));
            int split = 1 + 3 * t % (ROWS - 1);
            kernels.multiply(matrix, split, ROWS, Floats.copy(row), 0, 1, out, 0, ROWS, scratch);
            kernels.multiply(matrix, 0, split, x, (long) t * columns, 1, out, 0, ROWS, scratch);
            System.arraycopy(Floats.array(out), 0, alone, t * ROWS, ROWS);
        }
        for (int together : inputs) {
            float[] whole = Floats.array(multiply(kernels, matrix, 0, ROWS, x, together));
            assertThat(whole).isEqualTo(Arrays.copyOf(alone, together * ROWS));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noInputsGiveNoOutputs(Kernels kernels, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(1, (long) ROWS * columns), ROWS, columns);
        MemorySegment out = Floats.random(2, ROWS);
        float[] before = Floats.array(out);
        Scratch scratch = new Scratch(Floats.zeros(kernels.multiplyScratch(matrix)));
        kernels.multiply(matrix, 0, ROWS, Floats.zeros(columns), 0, 0, out, 0, ROWS, scratch);
        assertThat(Floats.array(out)).isEqualTo(before);
    }

    @Test
    void inputsThatFillTheCacheAreMultipliedInPartsOfTheSameBits() {
        Kernels kernels = KernelSelection.vector().kernels();
        int columns = 8192;
        int inputs = 70;
        StoredMatrix matrix = TestFormat.BF16_DOTS.store(Floats.random(3, (long) ROWS * columns), ROWS, columns);
        MemorySegment x = Floats.random(4, (long) inputs * columns);
        float[] whole = Floats.array(multiply(kernels, matrix, 0, ROWS, x, inputs));
        for (int t = 0; t < inputs; t++) {
            MemorySegment out = Floats.zeros(ROWS);
            Scratch scratch = new Scratch(MemorySegment.NULL);
            kernels.multiply(matrix, 0, ROWS, x, (long) t * columns, 1, out, 0, ROWS, scratch);
            assertThat(Floats.array(out)).isEqualTo(Arrays.copyOfRange(whole, t * ROWS, (t + 1) * ROWS));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 208, 512})
    void dotProductsOnStoredCodesGiveTheBitsOfDecodedRows(int columns) {
        Kernels kernels = KernelSelection.vector().kernels();
        MemorySegment weights = Floats.random(6, (long) ROWS * columns);
        MemorySegment x = Floats.random(7, columns);
        assertThat(product(kernels, TestFormat.F32_DOTS, weights, x, columns))
                .isEqualTo(product(kernels, TestFormat.F32, weights, x, columns));
        assertThat(product(kernels, TestFormat.BF16_DOTS, weights, x, columns))
                .isEqualTo(product(kernels, TestFormat.BF16, weights, x, columns));
    }

    private static float[] product(
            Kernels kernels, TestFormat format, MemorySegment weights, MemorySegment x, int columns) {
        return Floats.array(multiply(kernels, format.store(weights, ROWS, columns), 0, ROWS, x, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneBadWeightSpoilsItsOutputAlone(Kernels kernels, TestFormat format, int columns) {
        MemorySegment weights = Floats.random(8, (long) ROWS * columns);
        weights.setAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, 20L * columns + columns / 2, Float.NaN);
        for (int inputs : new int[] {1, 5}) {
            MemorySegment x = Floats.random(9, (long) inputs * columns, v -> 1e30 * v);
            MemorySegment out = multiply(kernels, format.store(weights, ROWS, columns), 0, ROWS, x, inputs);
            for (int i = 0; i < inputs * ROWS; i++) {
                assertThat(Float.isNaN(Floats.get(out, i))).isEqualTo(i % ROWS == 20);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDecodedRowIncludesItsFactor(Kernels kernels, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(10, (long) ROWS * columns), ROWS, columns);
        MemorySegment out = Floats.zeros(columns + 3L);
        kernels.decodeRow(matrix, 9, out, 3, new Scratch(MemorySegment.NULL));
        for (int c = 0; c < columns; c++) {
            assertThat(Floats.get(out, 3 + c)).isEqualTo(format.weight(matrix, 9, c) * 9.75f);
        }
    }

    private static MemorySegment multiply(
            Kernels kernels, StoredMatrix matrix, int from, int to, MemorySegment x, int inputs) {
        MemorySegment out = Floats.zeros((long) inputs * ROWS);
        Scratch scratch = new Scratch(Floats.zeros(kernels.multiplyScratch(matrix)));
        kernels.multiply(matrix, from, to, x, 0, inputs, out, 0, ROWS, scratch);
        return out;
    }
}
