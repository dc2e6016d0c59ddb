package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** Gated norm of the rows of a Mamba-2 layer, in place. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class GatedNormJob extends RowsJob {

    private final Kernels kernels;
    private MemorySegment y;
    private MemorySegment projected;
    private MemorySegment weight;
    private float epsilon;
    private ScanShape shape;

    GatedNormJob(Kernels kernels, WorkerPool pool) {
        super(pool);
        this.kernels = kernels;
    }

    void run(MemorySegment y, MemorySegment projected, MemorySegment weight, float epsilon, ScanShape shape, int rows) {
        this.y = y;
        this.projected = projected;
        this.weight = weight;
        this.epsilon = epsilon;
        this.shape = shape;
        runRows(rows, shape.innerWidth());
    }

    @Override
    void range(int from, int to) {
        kernels.gatedGroupNorm(
                y, projected, shape.projectedWidth(), weight, epsilon, shape.innerWidth(), shape.groups(), from, to, y);
    }
}
