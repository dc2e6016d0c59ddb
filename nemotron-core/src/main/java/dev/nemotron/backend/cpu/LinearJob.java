package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** Matrix times rows, cut into ranges of the matrix' rows. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class LinearJob implements WorkerPool.Job {

    /** The fewest outputs of a part. */
    private static final int FEWEST_OUTPUTS = 8;

    private final Kernels kernels;
    private final WorkerPool pool;
    private final WorkerScratch scratch;
    private StoredMatrix matrix;
    private MemorySegment x;
    private MemorySegment out;
    private int rows;
    private int parts;

    LinearJob(Kernels kernels, WorkerPool pool, WorkerScratch scratch) {
        this.kernels = kernels;
        this.pool = pool;
        this.scratch = scratch;
    }

    void run(StoredMatrix matrix, MemorySegment x, int rows, MemorySegment out) {
        this.matrix = matrix;
        this.x = x;
        this.out = out;
        this.rows = rows;
        int outputs = matrix.rows();
        parts = Math.min(Math.ceilDiv(outputs, FEWEST_OUTPUTS), pool.fineParts());
        pool.run(this, parts, (long) outputs * matrix.columns() * rows);
    }

    @Override
    public void run(int part, int worker) {
        int outputs = matrix.rows();
        kernels.multiply(
                matrix,
                WorkerPool.share(outputs, part, parts),
                WorkerPool.share(outputs, part + 1, parts),
                x,
                0,
                rows,
                out,
                0,
                outputs,
                scratch.of(worker));
    }
}
