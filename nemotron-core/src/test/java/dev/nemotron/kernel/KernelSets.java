package dev.nemotron.kernel;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What every kernel test runs on. */
final class KernelSets {

    /** Around the vector widths, odd ones, and some beyond. */
    static final int[] SIZES = {1, 3, 7, 8, 13, 16, 31, 64, 100, 207, 513};

    private KernelSets() {}

    static Stream<Kernels> both() {
        return Stream.of(
                KernelSelection.scalar().kernels(), KernelSelection.vector().kernels());
    }

    static Stream<Arguments> bothWithSizes() {
        return both().flatMap(kernels -> IntStream.of(SIZES).mapToObj(size -> Arguments.of(kernels, size)));
    }
}
