package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {

    private static final String CASES = "dev.nemotron.kernel.KernelSets#bothWithSizes";

    @ParameterizedTest
    @MethodSource(CASES)
    void squaredReluKeepsTheSquareOfPositivesOnly(Kernels kernels, int size) {
        MemorySegment x = mixed(1, size);
        float[] before = Floats.array(x);
        kernels.squaredRelu(x, 0, size);
        for (int i = 0; i < size; i++) {
            float positive = Math.max(0f, before[i]);
            before[i] = positive * positive;
        }
        assertThat(Floats.array(x)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void additionRoundsOnce(Kernels kernels, int size) {
        MemorySegment delta = mixed(2, size);
        MemorySegment x = Floats.random(3, size);
        float[] before = Floats.array(x);
        kernels.add(delta, x, 0, size);
        for (int i = 0; i < size; i++) {
            before[i] += Floats.get(delta, i);
        }
        assertThat(Floats.array(x)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void scaledAdditionRoundsOnce(Kernels kernels, int size) {
        MemorySegment delta = mixed(4, size + 5);
        MemorySegment x = Floats.random(5, size + 3);
        float[] before = Floats.array(x);
        kernels.addScaled(1.7f, delta, 5, x, 3, size);
        for (int i = 0; i < size; i++) {
            before[3 + i] = Math.fma(1.7f, Floats.get(delta, 5 + i), before[3 + i]);
        }
        assertThat(Floats.array(x)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource(CASES)
    void elementsOutsideTheRangeStay(Kernels kernels, int size) {
        MemorySegment x = Floats.random(6, size + 40);
        MemorySegment delta = Floats.random(7, size + 40);
        float[] before = Floats.array(x);
        kernels.squaredRelu(x, 20, 20 + size);
        kernels.add(delta, x, 20, 20 + size);
        kernels.addScaled(2f, delta, 0, x, 20, size);
        float[] after = Floats.array(x);
        for (int i = 0; i < 20; i++) {
            assertThat(after[i]).isEqualTo(before[i]);
            assertThat(after[size + 39 - i]).isEqualTo(before[size + 39 - i]);
        }
    }

    /** Gaussian numbers with the extremes spread among them. */
    private static MemorySegment mixed(long seed, int size) {
        float[] values = Floats.array(Floats.random(seed, size));
        for (int i = 0; i < size; i += 3) {
            values[i] = Floats.EXTREMES[i / 3 % Floats.EXTREMES.length];
        }
        return Floats.of(values);
    }
}
