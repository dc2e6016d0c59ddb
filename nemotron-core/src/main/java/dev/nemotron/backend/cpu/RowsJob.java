package dev.nemotron.backend.cpu;

/** An operation on rows that know nothing of each other, cut into ranges of rows. */
abstract class RowsJob implements WorkerPool.Job {

    private final WorkerPool pool;
    private int rows;
    private int parts;

    RowsJob(WorkerPool pool) {
        this.pool = pool;
    }

    /** Runs all rows; what a subclass needs to know of them is set before. */
    final void runRows(int count, long width) {
        rows = count;
        parts = Math.min(count, pool.fineParts());
        pool.run(this, parts, count * width);
    }

    @Override
    public final void run(int part, int worker) {
        range(WorkerPool.share(rows, part, parts), WorkerPool.share(rows, part + 1, parts));
    }

    /** Computes the rows from {@code from} to before {@code to}. */
    abstract void range(int from, int to);
}
