package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** Matrix times rows, cut into ranges of the matrix' rows. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class LinearJob implements WorkerPool.Job {

    private final Kernels kernels;
    private final WorkerPool pool;
    private final WorkerScratch scratch;
    private StoredMatrix matrix;
    private MemorySegment x;
    private MemorySegment out;
    private int rows;
    private int partSize;

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
        partSize = RowParts.size(outputs, 1, pool.size());
        pool.run(this, Math.ceilDiv(outputs, partSize), (long) outputs * matrix.columns() * rows);
    }

    @Override
    public void run(int part, int worker) {
        int outputs = matrix.rows();
        kernels.multiply(
                matrix,
                part * partSize,
                Math.min(outputs, (part + 1) * partSize),
                x,
                0,
                rows,
                out,
                0,
                outputs,
                scratch.of(worker));
    }
}
