package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Step;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Convolution and selective scan of the sequences of a step, one after another, each split over channels and heads. */
final class MambaJob {

    private final SegmentPool segments;
    private final ConvolutionJob convolution;
    private final ScanJob scan;
    private final Growing conv;
    private final Growing steps;
    private final Growing provisionalState;

    /** A segment that is replaced by a larger one when it is too small. */
    private final class Growing {
        private @Nullable MemorySegment segment;

        MemorySegment atLeast(long floats) {
            MemorySegment current = segment;
            if (current == null || current.byteSize() < floats * Float.BYTES) {
                if (current != null) {
                    segments.release(current);
                }
                current = segments.acquire(floats * Float.BYTES);
                segment = current;
            }
            return current;
        }
    }

    MambaJob(Kernels kernels, WorkerPool pool, SegmentPool segments) {
        this.segments = segments;
        this.convolution = new ConvolutionJob(kernels, pool);
        this.scan = new ScanJob(kernels, pool);
        this.conv = new Growing();
        this.steps = new Growing();
        this.provisionalState = new Growing();
    }

    void run(MambaParameters parameters, Step step, int layer, MemorySegment projected, MemorySegment out) {
        for (int s = 0; s < step.sequences(); s++) {
            CpuMambaState state = (CpuMambaState) step.state(s, layer);
            sequence(parameters, state, projected, step.firstRow(s), step.rows(s), step.provisional(s), out);
        }
    }

    private void sequence(
            MambaParameters parameters,
            CpuMambaState state,
            MemorySegment projected,
            int firstRow,
            int tokens,
            boolean provisional,
            MemorySegment out) {
        ScanShape shape = parameters.shape();
        int channels = shape.convChannels();
        int stride = shape.projectedWidth();
        long rawOffset = (long) firstRow * stride + shape.innerWidth();
        CpuMambaState.Pending pending = provisional ? state.startProvisional(tokens) : null;
        MemorySegment convolved = pending == null ? conv.atLeast((long) tokens * channels) : pending.conv();
        MemorySegment dt = pending == null ? steps.atLeast((long) tokens * shape.heads()) : pending.steps();

        convolution.run(parameters, state.history(), projected, rawOffset, tokens, convolved);
        timeSteps(parameters, projected, (long) firstRow * stride + shape.innerWidth() + channels, tokens, dt);
        MemorySegment recurrent = state.state();
        if (provisional) {
            MemorySegment copy = provisionalState.atLeast(recurrent.byteSize() / Float.BYTES);
            MemorySegment.copy(recurrent, 0, copy, 0, recurrent.byteSize());
            recurrent = copy;
        }
        scan.run(parameters, convolved, dt, tokens, recurrent, out, (long) firstRow * shape.innerWidth());
        if (pending == null) {
            state.remember(projected, rawOffset, stride, tokens);
        } else {
            keepRaw(projected, rawOffset, stride, channels, pending);
        }
    }

    /** dt = clamp(softplus(raw + bias)), where softplus(v) is v above 20 (2.3.3). */
    private static void timeSteps(
            MambaParameters parameters, MemorySegment projected, long offset, int tokens, MemorySegment out) {
        int heads = parameters.shape().heads();
        int stride = parameters.shape().projectedWidth();
        MemorySegment bias = CpuBuffer.of(parameters.timeStepBias());
        for (int t = 0; t < tokens; t++) {
            for (int h = 0; h < heads; h++) {
                float raw = projected.getAtIndex(ValueLayout.JAVA_FLOAT, offset + (long) t * stride + h)
                        + bias.getAtIndex(ValueLayout.JAVA_FLOAT, h);
                float step = raw > 20 ? raw : (float) StrictMath.log1p(StrictMath.exp(raw));
                step = Math.clamp(step, parameters.timeStepMin(), parameters.timeStepMax());
                out.setAtIndex(ValueLayout.JAVA_FLOAT, (long) t * heads + h, step);
            }
        }
    }

    private static void keepRaw(
            MemorySegment projected, long offset, int stride, int channels, CpuMambaState.Pending pending) {
        for (int t = 0; t < pending.tokens(); t++) {
            MemorySegment.copy(
                    projected,
                    (offset + (long) t * stride) * Float.BYTES,
                    pending.raw(),
                    (long) t * channels * Float.BYTES,
                    (long) channels * Float.BYTES);
        }
    }
}
