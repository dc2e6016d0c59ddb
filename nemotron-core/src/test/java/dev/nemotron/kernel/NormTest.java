package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormTest {

    private static final String CASES = "dev.nemotron.kernel.KernelSets#bothWithSizes";
    private static final float EPSILON = 1e-5f;
    private static final int ROWS = 5;

    @ParameterizedTest
    @MethodSource(CASES)
    void rowsAreDividedByTheirRootMeanSquare(Kernels kernels, int width) {
        MemorySegment x = Floats.random(1, (long) ROWS * width, v -> 30 * v);
        MemorySegment weight = Floats.random(2, width);
        MemorySegment out = Floats.zeros((long) ROWS * width);
        kernels.rmsNorm(x, weight, EPSILON, width, 0, ROWS, out);
        for (int t = 0; t < ROWS; t++) {
            double[] row = new double[width];
            for (int c = 0; c < width; c++) {
                row[c] = Floats.get(x, t * width + c);
            }
            assertNormed(out, t * width, row, weight, 0, width);
        }
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void theGateComesBeforeTheNormOfEachGroup(Kernels kernels, int groupWidth) {
        int groups = 3;
        int width = groups * groupWidth;
        int gateStride = 2 * width + 1;
        MemorySegment y = Floats.random(3, (long) ROWS * width);
        MemorySegment gate = Floats.random(4, (long) ROWS * gateStride, v -> 5 * v);
        MemorySegment weight = Floats.random(5, width);
        MemorySegment out = Floats.zeros((long) ROWS * width);
        kernels.gatedGroupNorm(y, gate, gateStride, weight, EPSILON, width, groups, 0, ROWS, out);
        for (int t = 0; t < ROWS; t++) {
            for (int g = 0; g < groups; g++) {
                double[] row = new double[groupWidth];
                for (int c = 0; c < groupWidth; c++) {
                    double z = Floats.get(gate, (long) t * gateStride + (long) g * groupWidth + c);
                    row[c] = Floats.get(y, t * width + g * groupWidth + c) * z / (1 + Math.exp(-z));
                }
                assertNormed(out, t * width + g * groupWidth, row, weight, g * groupWidth, groupWidth);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void anySplitOfTheRowsAndWorkingInPlaceGiveTheSameBits(Kernels kernels, int width) {
        MemorySegment x = Floats.random(6, (long) ROWS * width);
        MemorySegment gate = Floats.random(7, (long) ROWS * width);
        MemorySegment weight = Floats.random(8, width);
        MemorySegment whole = Floats.zeros((long) ROWS * width);
        MemorySegment gated = Floats.zeros((long) ROWS * width);
        kernels.rmsNorm(x, weight, EPSILON, width, 0, ROWS, whole);
        kernels.gatedGroupNorm(x, gate, width, weight, EPSILON, width, 1, 0, ROWS, gated);
        MemorySegment split = Floats.copy(x);
        MemorySegment splitGated = Floats.copy(x);
        for (int t = ROWS - 1; t >= 0; t--) {
            kernels.rmsNorm(split, weight, EPSILON, width, t, t + 1, split);
            kernels.gatedGroupNorm(splitGated, gate, width, weight, EPSILON, width, 1, t, t + 1, splitGated);
        }
        assertThat(Floats.array(split)).isEqualTo(Floats.array(whole));
        assertThat(Floats.array(splitGated)).isEqualTo(Floats.array(gated));
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void zerosStayZerosAndANanSpoilsItsRowAlone(Kernels kernels, int width) {
        MemorySegment x = Floats.zeros(2L * width);
        x.set(java.lang.foreign.ValueLayout.JAVA_FLOAT, (2L * width - 1) * Float.BYTES, Float.NaN);
        MemorySegment weight = Floats.random(9, width);
        kernels.rmsNorm(x, weight, EPSILON, width, 0, 2, x);
        for (int c = 0; c < width; c++) {
            assertThat(Floats.get(x, c)).isZero();
            assertThat(Floats.get(x, width + c)).isNaN();
        }
    }

    /** The mean is a sum of positive terms, so its relative error, and that of each result, is a few roundings a lane. */
    private static void assertNormed(
            MemorySegment out, int offset, double[] row, MemorySegment weight, int weightOffset, int width) {
        double squares = 0;
        for (double value : row) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / width + EPSILON);
        double tolerance = (width / 4 + 12) * Floats.UNIT;
        for (int c = 0; c < width; c++) {
            double expected = row[c] * scale * Floats.get(weight, weightOffset + c);
            assertThat((double) Floats.get(out, offset + c))
                    .isCloseTo(expected, within(Math.abs(expected) * tolerance + 1e-30));
        }
    }
}
