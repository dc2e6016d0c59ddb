package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {

    private static final int ROWS = 37;

    /** Products in the order of answers or that of prompts. */
    record Product(Kernels kernels, boolean ofPrompts) {

        void multiply(
                StoredMatrix matrix,
                int from,
                int to,
                MemorySegment x,
                long xOffset,
                int inputs,
                MemorySegment out,
                Scratch scratch) {
            if (ofPrompts) {
                kernels.multiplyPrompt(matrix, from, to, x, xOffset, inputs, out, 0, matrix.rows(), scratch);
            } else {
                kernels.multiply(matrix, from, to, x, xOffset, inputs, out, 0, matrix.rows(), scratch);
            }
        }

        MemorySegment multiply(StoredMatrix matrix, MemorySegment x, int inputs) {
            MemorySegment out = Floats.zeros((long) inputs * matrix.rows());
            Scratch scratch = new Scratch(Floats.zeros(kernels.multiplyScratch(matrix)));
            multiply(matrix, 0, matrix.rows(), x, 0, inputs, out, scratch);
            return out;
        }

        /** How often a sum is rounded: once a column of its lane or block, and in a few more steps. */
        int roundings(int columns) {
            return ofPrompts ? Math.min(columns, 128) + columns / 128 + 2 : columns / 4 + 8;
        }
    }

    /** The usual sizes, and some that take several blocks of columns. */
    static Stream<Arguments> cases() {
        IntStream sizes = IntStream.concat(IntStream.of(KernelSets.SIZES), IntStream.of(1024, 2051));
        return sizes.boxed()
                .flatMap(size -> KernelSets.both()
                        .flatMap(kernels -> Stream.of(new Product(kernels, false), new Product(kernels, true)))
                        .flatMap(product ->
                                Stream.of(TestFormat.values()).map(format -> Arguments.of(product, format, size))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productsFollowTheFormula(Product product, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(1, (long) ROWS * columns), ROWS, columns);
        int inputs = 6;
        MemorySegment x = Floats.random(2, (long) inputs * columns);
        MemorySegment out = product.multiply(matrix, x, inputs);
        for (int t = 0; t < inputs; t++) {
            for (int m = 0; m < ROWS; m++) {
                double sum = 0;
                double magnitude = 0;
                for (int c = 0; c < columns; c++) {
                    double term = (double) format.weight(matrix, m, c) * Floats.get(x, t * columns + c);
                    sum += term;
                    magnitude += Math.abs(term);
                }
                double factor = 0.75 + m;
                double tolerance = product.roundings(columns) * Floats.UNIT * magnitude * factor;
                assertThat((double) Floats.get(out, t * ROWS + m)).isCloseTo(sum * factor, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfInputsAndAnySplitOfTheRowsGiveTheSameBits(Product product, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(3, (long) ROWS * columns), ROWS, columns);
        int[] inputs = {2, 4, 5, 11, 12, 13, 18, 30};
        int most = inputs[inputs.length - 1];
        MemorySegment x = Floats.random(4, (long) most * columns);
        float[] alone = new float[most * ROWS];
        for (int t = 0; t < most; t++) {
            MemorySegment row = x.asSlice((long) t * columns * Float.BYTES, (long) columns * Float.BYTES);
            MemorySegment out = Floats.zeros(ROWS);
            Scratch scratch = new Scratch(Floats.random(5, product.kernels().multiplyScratch(matrix)));
            int split = 1 + 3 * t % (ROWS - 1);
            product.multiply(matrix, split, ROWS, Floats.copy(row), 0, 1, out, scratch);
            product.multiply(matrix, 0, split, x, (long) t * columns, 1, out, scratch);
            System.arraycopy(Floats.array(out), 0, alone, t * ROWS, ROWS);
        }
        for (int together : inputs) {
            float[] whole = Floats.array(product.multiply(matrix, x, together));
            assertThat(whole).isEqualTo(Arrays.copyOf(alone, together * ROWS));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noInputsGiveNoOutputs(Product product, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(1, (long) ROWS * columns), ROWS, columns);
        MemorySegment out = Floats.random(2, ROWS);
        float[] before = Floats.array(out);
        Scratch scratch = new Scratch(Floats.zeros(product.kernels().multiplyScratch(matrix)));
        product.multiply(matrix, 0, ROWS, Floats.zeros(columns), 0, 0, out, scratch);
        assertThat(Floats.array(out)).isEqualTo(before);
    }

    static Stream<Product> products() {
        Kernels vector = KernelSelection.vector().kernels();
        return Stream.of(new Product(vector, false), new Product(vector, true));
    }

    @ParameterizedTest
    @MethodSource("products")
    void inputsThatFillTheCacheAreMultipliedInPartsOfTheSameBits(Product product) {
        eachInputAloneGivesTheSameBits(product, ROWS, 8192, 70);
    }

    @ParameterizedTest
    @MethodSource("products")
    void hundredsOfInputsAndMoreThanAThousandRowsAreMultipliedInPartsOfTheSameBits(Product product) {
        eachInputAloneGivesTheSameBits(product, 1100, 48, 560);
    }

    private static void eachInputAloneGivesTheSameBits(Product product, int rows, int columns, int inputs) {
        StoredMatrix matrix = TestFormat.BF16_DOTS.store(Floats.random(3, (long) rows * columns), rows, columns);
        MemorySegment x = Floats.random(4, (long) inputs * columns);
        float[] whole = Floats.array(product.multiply(matrix, x, inputs));
        Scratch scratch = new Scratch(MemorySegment.NULL);
        for (int t = 0; t < inputs; t++) {
            MemorySegment out = Floats.zeros(rows);
            product.multiply(matrix, 0, rows, x, (long) t * columns, 1, out, scratch);
            assertThat(Floats.array(out)).isEqualTo(Arrays.copyOfRange(whole, t * rows, (t + 1) * rows));
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
        return Floats.array(new Product(kernels, false).multiply(format.store(weights, ROWS, columns), x, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneBadWeightSpoilsItsOutputAlone(Product product, TestFormat format, int columns) {
        MemorySegment weights = Floats.random(8, (long) ROWS * columns);
        weights.setAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, 20L * columns + columns / 2, Float.NaN);
        for (int inputs : new int[] {1, 5}) {
            MemorySegment x = Floats.random(9, (long) inputs * columns, v -> 1e30 * v);
            MemorySegment out = product.multiply(format.store(weights, ROWS, columns), x, inputs);
            for (int i = 0; i < inputs * ROWS; i++) {
                assertThat(Float.isNaN(Floats.get(out, i))).isEqualTo(i % ROWS == 20);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDecodedRowIncludesItsFactor(Product product, TestFormat format, int columns) {
        StoredMatrix matrix = format.store(Floats.random(10, (long) ROWS * columns), ROWS, columns);
        MemorySegment out = Floats.zeros(columns + 3L);
        product.kernels().decodeRow(matrix, 9, out, 3, new Scratch(MemorySegment.NULL));
        for (int c = 0; c < columns; c++) {
            assertThat(Floats.get(out, 3 + c)).isEqualTo(format.weight(matrix, 9, c) * 9.75f);
        }
    }
}
