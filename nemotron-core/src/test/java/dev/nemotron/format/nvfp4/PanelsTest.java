package dev.nemotron.format.nvfp4;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.RowGroupDecoder;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout keeps every weight, and all ways to multiply by it give the same bits. */
class PanelsTest {

    private static final Kernels VECTOR = KernelSelection.auto().kernels();

    private final Arena arena = Arena.ofAuto();

    @Test
    void everyPositiveScaleKeepsItsValue() {
        for (int code = 1; code < 127; code++) {
            StoredMatrix matrix = matrix(1, 16, 1);
            matrix.scales().set(ValueLayout.JAVA_BYTE, 0, (byte) code);
            assertThat(decoded(panels(matrix), 0)).as("scale %d", code).isEqualTo(decoded(matrix, 0));
        }
    }

    @Test
    void aNegativeScaleMovesItsSignToTheCodesAndAZeroOneClearsThem() {
        for (int code : new int[] {0x00, 0x80, 0x81, 0x87, 0x88, 0xFE}) {
            StoredMatrix matrix = matrix(1, 16, 2);
            matrix.scales().set(ValueLayout.JAVA_BYTE, 0, (byte) code);
            float[] expected = decoded(matrix, 0);
            float[] found = decoded(panels(matrix), 0);
            for (int c = 0; c < 16; c++) {
                assertThat(found[c] + 0f).as("scale %d, column %d", code, c).isEqualTo(expected[c] + 0f);
            }
        }
    }

    @Property(tries = 60)
    void everyWeightIsKept(
            @ForAll @IntRange(min = 1, max = 50) int rows, @ForAll @IntRange(min = 1, max = 20) int blocks) {
        StoredMatrix matrix = matrix(rows, 16 * blocks, 3);
        StoredMatrix panels = panels(matrix);
        for (int row = 0; row < rows; row++) {
            float[] expected = decoded(matrix, row);
            float[] found = decoded(panels, row);
            for (int c = 0; c < expected.length; c++) {
                assertThat(found[c] + 0f).isEqualTo(expected[c] + 0f);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "15, 48", "16, 64", "17, 80", "96, 128", "97, 192", "200, 2688", "209, 1856", "33, 1008"})
    void bothLayoutsAndAnyNumberOfInputsAndAnyRangeGiveTheSameBits(int rows, int columns) {
        StoredMatrix stored = matrix(rows, columns, 4);
        StoredMatrix panels = panels(stored);
        int inputs = 19;
        MemorySegment x = gaussian((long) inputs * columns, 5);
        float[] expected = product(stored, 0, rows, x, inputs);
        assertThat(product(panels, 0, rows, x, inputs)).isEqualTo(expected);
        for (int t = 0; t < inputs; t++) {
            int together = Math.min(1 + t % 5, inputs - t);
            int split = Math.min(rows, 1 + 11 * t);
            MemorySegment some = gaussian((long) together * columns, 0);
            MemorySegment.copy(x, (long) t * columns * Float.BYTES, some, 0, some.byteSize());
            for (StoredMatrix matrix : new StoredMatrix[] {stored, panels}) {
                float[] low = product(matrix, 0, split, some, together);
                float[] high = product(matrix, split, rows, some, together);
                for (int i = 0; i < together * rows; i++) {
                    float found = i % rows < split ? low[i] : high[i];
                    assertThat(found).isEqualTo(expected[t * rows + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 256", "40, 320", "33, 1024", "209, 1856", "200, 2688"})
    void rowsWithoutUnusualScalesGiveTheSameBitsAsTheyAreStoredAndAsPanels(int rows, int columns) {
        StoredMatrix stored = matrix(rows, columns, 11);
        for (long i = 0; i < stored.scales().byteSize(); i++) {
            stored.scales().set(ValueLayout.JAVA_BYTE, i, (byte) (0x08 + i * 7 % 0x77));
        }
        MemorySegment x = gaussian(columns, 12);
        float[] expected = product(panels(stored), 0, rows, x, 1);
        for (int split = 0; split <= rows; split += 8) {
            float[] low = product(stored, 0, split, x, 1);
            float[] high = product(stored, split, rows, x, 1);
            for (int i = 0; i < rows; i++) {
                assertThat(i < split ? low[i] : high[i]).as("row %d", i).isEqualTo(expected[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "15, 48", "70, 320", "209, 1856"})
    void longPromptsGiveTheSameBitsInBothLayoutsAndAnyNumberAndRange(int rows, int columns) {
        StoredMatrix stored = matrix(rows, columns, 8);
        StoredMatrix panels = panels(stored);
        int inputs = 13;
        MemorySegment x = gaussian((long) inputs * columns, 9);
        float[] expected = promptProduct(stored, 0, rows, x, inputs);
        assertThat(promptProduct(panels, 0, rows, x, inputs)).isEqualTo(expected);
        for (int split = 0; split <= rows; split += 1 + rows / 5) {
            float[] low = promptProduct(panels, 0, split, x, 3);
            float[] high = promptProduct(panels, split, rows, x, 3);
            for (int i = 0; i < 3 * rows; i++) {
                assertThat(i % rows < split ? low[i] : high[i]).isEqualTo(expected[i]);
            }
        }
    }

    @Property(tries = 60)
    void groupsOfRowsHaveTheWeightsOfTheRows(
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(min = 1, max = 20) int blocks,
            @ForAll @IntRange(max = 19) int skipped) {
        StoredMatrix panels = panels(matrix(rows, 16 * blocks, 10));
        RowGroupDecoder decoder = panels.format().vectorGroupDecoder();
        int from = Math.min(skipped, blocks - 1) * 16;
        for (int first = 0; decoder != null && first < rows; first += decoder.rows()) {
            float[] out = new float[(16 * blocks - from) * decoder.rows()];
            decoder.decode(panels, first, from, 16 * blocks, out, 0);
            for (int row = first; row < Math.min(rows, first + decoder.rows()); row++) {
                float[] expected = decoded(panels, row);
                for (int c = from; c < 16 * blocks; c++) {
                    assertThat(out[(c - from) * decoder.rows() + row - first] + 0f)
                            .isEqualTo(expected[c] + 0f);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"17, 80", "200, 2688", "100, 1856"})
    void productsAreThoseOfThePlainKernels(int rows, int columns) {
        StoredMatrix matrix = matrix(rows, columns, 6);
        int inputs = 13;
        MemorySegment x = gaussian((long) inputs * columns, 7);
        MemorySegment out = floats((long) inputs * rows);
        Kernels scalar = KernelSelection.scalar().kernels();
        Scratch scratch = new Scratch(floats(scalar.multiplyScratch(matrix)));
        scalar.multiply(matrix, 0, rows, x, 0, inputs, out, 0, rows, scratch);
        float[] found = product(matrix, 0, rows, x, inputs);
        for (int i = 0; i < found.length; i++) {
            float[] weights = decoded(matrix, i % rows);
            double magnitude = 0;
            for (int c = 0; c < columns; c++) {
                magnitude += Math.abs(weights[c] * x.getAtIndex(JAVA_FLOAT, (long) i / rows * columns + c));
            }
            assertThat(found[i])
                    .isCloseTo(out.getAtIndex(JAVA_FLOAT, i), within((float) (magnitude * matrix.factor() * 4e-6)));
        }
    }

    /** All codes, and scales of every kind: mostly normal ones, some subnormal, zero and negative. */
    private StoredMatrix matrix(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment codes = arena.allocate((long) rows * columns / 2, 1);
        MemorySegment scales = arena.allocate((long) rows * columns / 16, 1);
        for (long i = 0; i < codes.byteSize(); i++) {
            codes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
        }
        for (long i = 0; i < scales.byteSize(); i++) {
            int scale =
                    random.nextInt(40) == 0 ? random.nextInt(0x7F) | random.nextInt(2) << 7 : 40 + random.nextInt(40);
            scales.set(ValueLayout.JAVA_BYTE, i, (byte) scale);
        }
        return new StoredMatrix(new Nvfp4Format(), "m", rows, columns, codes, scales, 0.37f);
    }

    private StoredMatrix panels(StoredMatrix matrix) {
        long bytes = Panels.bytes(matrix.columns());
        MemorySegment panels = arena.allocate(Panels.count(matrix.rows()) * bytes, 64);
        for (int p = 0; p < Panels.count(matrix.rows()); p++) {
            Panels.pack(matrix, p * Panels.ROWS, matrix.rows(), panels, p * bytes);
        }
        return new StoredMatrix(
                Nvfp4PanelFormat.instance(),
                "m",
                matrix.rows(),
                matrix.columns(),
                panels,
                MemorySegment.NULL,
                matrix.factor());
    }

    private static float[] decoded(StoredMatrix matrix, int row) {
        float[] out = new float[matrix.columns()];
        matrix.format().scalarDecoder().decode(matrix, row, out, 0);
        return out;
    }

    private float[] product(StoredMatrix matrix, int from, int to, MemorySegment x, int inputs) {
        MemorySegment out = floats((long) inputs * matrix.rows());
        Scratch scratch = new Scratch(floats(Math.max(1, VECTOR.multiplyScratch(matrix))));
        VECTOR.multiply(matrix, from, to, x, 0, inputs, out, 0, matrix.rows(), scratch);
        return out.toArray(JAVA_FLOAT);
    }

    private float[] promptProduct(StoredMatrix matrix, int from, int to, MemorySegment x, int inputs) {
        MemorySegment out = floats((long) inputs * matrix.rows());
        Scratch scratch = new Scratch(floats(Math.max(1, VECTOR.multiplyScratch(matrix))));
        VECTOR.multiplyPrompt(matrix, from, to, x, 0, inputs, out, 0, matrix.rows(), scratch);
        return out.toArray(JAVA_FLOAT);
    }

    private MemorySegment floats(long count) {
        return arena.allocate(count * Float.BYTES, 64);
    }

    private MemorySegment gaussian(long count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment floats = floats(count);
        for (long i = 0; i < count; i++) {
            floats.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return floats;
    }
}
