package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;

/** The causal convolution of one sequence, cut into ranges of channels. */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class ConvolutionJob implements WorkerPool.Job {

    /** Channels in one part, a multiple of every SIMD width. */
    private static final int PART = 512;

    private final Kernels kernels;
    private final WorkerPool pool;
    private ScanShape shape;
    private MemorySegment weight;
    private MemorySegment bias;
    private MemorySegment history;
    private MemorySegment raw;
    private MemorySegment out;
    private long rawOffset;
    private int tokens;

    ConvolutionJob(Kernels kernels, WorkerPool pool) {
        this.kernels = kernels;
        this.pool = pool;
    }

    void run(
            MambaParameters parameters,
            MemorySegment history,
            MemorySegment raw,
            long rawOffset,
            int tokens,
            MemorySegment out) {
        shape = parameters.shape();
        weight = CpuBuffer.of(parameters.convWeight());
        bias = CpuBuffer.of(parameters.convBias());
        this.history = history;
        this.raw = raw;
        this.rawOffset = rawOffset;
        this.tokens = tokens;
        this.out = out;
        int channels = shape.convChannels();
        pool.run(this, Math.ceilDiv(channels, PART), (long) tokens * channels * shape.convWidth());
    }

    @Override
    public void run(int part, int worker) {
        kernels.convolve(
                shape,
                raw,
                rawOffset,
                shape.projectedWidth(),
                tokens,
                weight,
                bias,
                history,
                out,
                0,
                part * PART,
                Math.min(shape.convChannels(), (part + 1) * PART));
    }
}
