package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Step;
import java.lang.foreign.MemorySegment;

/** Appends the keys and values of a step, then attends, split over tokens and key/value heads. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class AttentionJob implements WorkerPool.Job {

    private final Kernels kernels;
    private final WorkerPool pool;
    private final WorkerScratch scratch;
    private AttentionShape shape;
    private MemorySegment queries;
    private MemorySegment out;
    private KvPages pages;
    private int firstRow;
    private int position;
    private float scale;

    AttentionJob(Kernels kernels, WorkerPool pool, WorkerScratch scratch) {
        this.kernels = kernels;
        this.pool = pool;
        this.scratch = scratch;
    }

    void run(
            AttentionShape shape,
            Step step,
            int layer,
            MemorySegment queries,
            MemorySegment keys,
            MemorySegment values,
            MemorySegment out) {
        this.shape = shape;
        this.queries = queries;
        this.out = out;
        scale = (float) (1 / Math.sqrt(shape.headWidth()));
        scratch.atLeast(kernels.attendScratch(shape.queryHeads() / shape.kvHeads(), shape.headWidth()));
        for (int s = 0; s < step.sequences(); s++) {
            CpuKvState state = (CpuKvState) step.state(s, layer);
            int tokens = step.rows(s);
            pages = state.pages();
            firstRow = step.firstRow(s);
            position = state.length();
            state.grow(tokens, step.provisional(s));
            append(keys, values, tokens);
            pool.run(
                    this,
                    tokens * shape.kvHeads(),
                    2L * tokens * (position + tokens) * shape.queryHeads() * shape.headWidth());
        }
    }

    private void append(MemorySegment keys, MemorySegment values, int tokens) {
        long width = (long) shape.kvHeads() * shape.headWidth();
        for (int t = 0; t < tokens; t++) {
            kernels.append(keys, values, (firstRow + t) * width, pages, position + t);
        }
    }

    @Override
    public void run(int part, int worker) {
        int t = part / shape.kvHeads();
        kernels.attend(
                queries,
                (long) (firstRow + t) * shape.queryHeads() * shape.headWidth(),
                pages,
                part % shape.kvHeads(),
                shape.queryHeads() / shape.kvHeads(),
                position + t + 1,
                scale,
                out,
                scratch.of(worker));
    }
}
