package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** The selective scan of one sequence, cut into ranges of heads. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class ScanJob implements WorkerPool.Job {

    private final Kernels kernels;
    private final WorkerPool pool;
    private ScanShape shape;
    private MemorySegment decay;
    private MemorySegment skip;
    private MemorySegment convolved;
    private MemorySegment steps;
    private MemorySegment state;
    private MemorySegment out;
    private long outOffset;
    private int tokens;
    private int parts;

    ScanJob(Kernels kernels, WorkerPool pool) {
        this.kernels = kernels;
        this.pool = pool;
    }

    void run(
            MambaParameters parameters,
            MemorySegment convolved,
            MemorySegment steps,
            int tokens,
            MemorySegment state,
            MemorySegment out,
            long outOffset) {
        shape = parameters.shape();
        decay = CpuBuffer.of(parameters.decay());
        skip = CpuBuffer.of(parameters.skip());
        this.convolved = convolved;
        this.steps = steps;
        this.tokens = tokens;
        this.state = state;
        this.out = out;
        this.outOffset = outOffset;
        parts = Math.min(shape.heads(), pool.fineParts());
        pool.run(this, parts, (long) tokens * shape.innerWidth() * shape.stateSize());
    }

    @Override
    public void run(int part, int worker) {
        kernels.scan(
                shape,
                convolved,
                0,
                steps,
                0,
                tokens,
                decay,
                skip,
                state,
                out,
                outOffset,
                WorkerPool.share(shape.heads(), part, parts),
                WorkerPool.share(shape.heads(), part + 1, parts));
    }
}
