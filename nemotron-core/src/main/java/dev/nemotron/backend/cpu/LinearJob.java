package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.Scratch;
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
    private int answerRows;
    private int rows;
    private int partSize;

    LinearJob(Kernels kernels, WorkerPool pool, WorkerScratch scratch) {
        this.kernels = kernels;
        this.pool = pool;
        this.scratch = scratch;
    }

    /**
     * Multiplies.
     *
     * @param answerRows how many rows, the first ones, are summed in the order of answers
     */
    void run(StoredMatrix matrix, MemorySegment x, int answerRows, int rows, MemorySegment out) {
        this.matrix = matrix;
        this.x = x;
        this.out = out;
        this.answerRows = answerRows;
        this.rows = rows;
        int outputs = matrix.rows();
        partSize =
                answerRows < rows ? RowParts.forPrompts(outputs, pool.size()) : RowParts.size(outputs, 1, pool.size());
        pool.run(this, Math.ceilDiv(outputs, partSize), (long) outputs * matrix.columns() * rows);
    }

    @Override
    public void run(int part, int worker) {
        int outputs = matrix.rows();
        int from = part * partSize;
        int to = Math.min(outputs, from + partSize);
        Scratch own = scratch.of(worker);
        if (answerRows > 0) {
            kernels.multiply(matrix, from, to, x, 0, answerRows, out, 0, outputs, own);
        }
        if (answerRows < rows) {
            long inputs = (long) answerRows * matrix.columns();
            long results = (long) answerRows * outputs;
            kernels.multiplyPrompt(matrix, from, to, x, inputs, rows - answerRows, out, results, outputs, own);
        }
    }
}
