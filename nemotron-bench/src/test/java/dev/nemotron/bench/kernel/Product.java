package dev.nemotron.bench.kernel;

import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** A matrix times rows, ready to be computed again and again by one thread. */
final class Product {

    private final Kernels kernels = KernelSelection.auto().kernels();
    private final StoredMatrix matrix;
    private final int inputs;
    private final MemorySegment x;
    private final MemorySegment out;
    private final Scratch scratch;

    Product(StoredMatrix matrix, int inputs) {
        this.matrix = matrix;
        this.inputs = inputs;
        x = Floats.random((long) inputs * matrix.columns());
        out = Floats.zeros((long) inputs * matrix.rows());
        scratch = new Scratch(Floats.zeros(Math.max(1, kernels.multiplyScratch(matrix))));
    }

    /** As the rows of an answer, or of a short prompt. */
    void run() {
        kernels.multiply(matrix, 0, matrix.rows(), x, 0, inputs, out, 0, matrix.rows(), scratch);
    }

    /** As the rows of a long prompt. */
    void runAsPrompt() {
        kernels.multiplyPrompt(matrix, 0, matrix.rows(), x, 0, inputs, out, 0, matrix.rows(), scratch);
    }

    double bytes() {
        return matrix.byteSize();
    }

    double flops() {
        return 2.0 * matrix.rows() * matrix.columns() * inputs;
    }
}
