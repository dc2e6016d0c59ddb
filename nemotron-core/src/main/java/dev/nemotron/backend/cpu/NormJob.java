package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import java.lang.foreign.MemorySegment;

/** Root-mean-square norm of rows. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class NormJob extends RowsJob {

    private final Kernels kernels;
    private MemorySegment x;
    private MemorySegment weight;
    private MemorySegment out;
    private float epsilon;
    private int width;

    NormJob(Kernels kernels, WorkerPool pool) {
        super(pool);
        this.kernels = kernels;
    }

    void run(MemorySegment x, MemorySegment weight, float epsilon, int width, int rows, MemorySegment out) {
        this.x = x;
        this.weight = weight;
        this.epsilon = epsilon;
        this.width = width;
        this.out = out;
        runRows(rows, width);
    }

    @Override
    void range(int from, int to) {
        kernels.rmsNorm(x, weight, epsilon, width, from, to, out);
    }
}
