package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Step;
import java.lang.foreign.MemorySegment;

/** Appends the keys and values of a step, then attends, split over tokens and key/value heads. */
final class AttentionJob {

    private final Kernels kernels;
    private final WorkerPool pool;
    private final WorkerScratch scratch;

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
        int shared = shape.queryHeads() / shape.kvHeads();
        scratch.atLeast(kernels.attendScratch(shared, shape.headWidth()));
        for (int s = 0; s < step.sequences(); s++) {
            CpuKvState state = (CpuKvState) step.state(s, layer);
            int tokens = step.rows(s);
            int firstRow = step.firstRow(s);
            int position = state.length();
            state.grow(tokens, step.provisional(s));
            for (int t = 0; t < tokens; t++) {
                long offset = (long) (firstRow + t) * shape.kvHeads() * shape.headWidth();
                kernels.append(keys, values, offset, state.pages(), position + t);
            }
            float scale = (float) (1 / Math.sqrt(shape.headWidth()));
            pool.run(
                    (part, worker) -> {
                        int t = part / shape.kvHeads();
                        kernels.attend(
                                queries,
                                (long) (firstRow + t) * shape.queryHeads() * shape.headWidth(),
                                state.pages(),
                                part % shape.kvHeads(),
                                shared,
                                position + t + 1,
                                scale,
                                out,
                                scratch.of(worker).segment());
                    },
                    tokens * shape.kvHeads(),
                    2L * tokens * (position + tokens) * shape.queryHeads() * shape.headWidth());
        }
    }
}
