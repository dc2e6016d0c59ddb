package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What one Mamba-2 layer remembers of one sequence: the raw channels of the last tokens for the convolution, and the
 * recurrent state. In a provisional step the state stays as it is and the inputs of the scan are kept, so that
 * {@link #commit} can run the recurrence over exactly the tokens that stay (architecture specification 2.9, method b').
 */
final class CpuMambaState implements LayerState {

    private final SegmentPool pool;
    private final Kernels kernels;
    private final MambaParameters parameters;
    private final ScanShape shape;
    private final MemorySegment history;
    private final MemorySegment state;
    private @Nullable Pending pending;

    /**
     * The inputs of a provisional step.
     *
     * @param tokens T
     * @param raw [T][channels] before the convolution
     * @param conv [T][channels] after it
     * @param steps [T][H]
     * @param output [T][H·P], where a replay writes what nobody reads
     */
    record Pending(int tokens, MemorySegment raw, MemorySegment conv, MemorySegment steps, MemorySegment output) {}

    CpuMambaState(SegmentPool pool, Kernels kernels, MambaParameters parameters) {
        this.pool = pool;
        this.kernels = kernels;
        this.parameters = parameters;
        this.shape = parameters.shape();
        this.history = pool.acquire(bytes((long) (shape.convWidth() - 1) * shape.convChannels()));
        this.state = pool.acquire(bytes((long) shape.innerWidth() * shape.stateSize()));
    }

    /** [J − 1][channels], oldest first. */
    MemorySegment history() {
        return history;
    }

    /** [H][P][N]. */
    MemorySegment state() {
        return state;
    }

    /**
     * Makes room for the inputs of a provisional step.
     *
     * @param tokens T
     * @return memory to fill
     */
    Pending startProvisional(int tokens) {
        if (pending != null) {
            throw new IllegalStateException("the last provisional step was not committed");
        }
        long channels = shape.convChannels();
        Pending started = new Pending(
                tokens,
                pool.acquire(bytes(tokens * channels)),
                pool.acquire(bytes(tokens * channels)),
                pool.acquire(bytes((long) tokens * shape.heads())),
                pool.acquire(bytes((long) tokens * shape.innerWidth())));
        pending = started;
        return started;
    }

    /**
     * Moves the window of raw channels.
     *
     * @param raw raw channels, row t at {@code offset} + t · {@code stride}
     * @param offset where the first token's begin, in floats
     * @param stride floats from one token to the next
     * @param tokens how many tokens have gone by
     */
    void remember(MemorySegment raw, long offset, long stride, int tokens) {
        int kept = shape.convWidth() - 1;
        long row = (long) shape.convChannels() * Float.BYTES;
        int old = Math.max(0, kept - tokens);
        MemorySegment.copy(history, (kept - old) * row, history, 0, old * row);
        for (int i = old; i < kept; i++) {
            long token = (long) tokens - kept + i;
            MemorySegment.copy(raw, (offset + token * stride) * Float.BYTES, history, i * row, row);
        }
    }

    @Override
    public void commit(int tokens) {
        Pending inputs = pending;
        if (inputs == null || tokens < 0 || tokens > inputs.tokens()) {
            throw new IllegalArgumentException(
                    "cannot keep " + tokens + " of " + (inputs == null ? 0 : inputs.tokens()) + " provisional tokens");
        }
        if (tokens > 0) {
            kernels.scan(
                    shape,
                    inputs.conv(),
                    0,
                    inputs.steps(),
                    0,
                    tokens,
                    CpuBuffer.of(parameters.decay()),
                    CpuBuffer.of(parameters.skip()),
                    state,
                    inputs.output(),
                    0,
                    0,
                    shape.heads());
            remember(inputs.raw(), 0, shape.convChannels(), tokens);
        }
        dropPending();
    }

    private void dropPending() {
        Pending inputs = pending;
        if (inputs != null) {
            pool.release(inputs.raw());
            pool.release(inputs.conv());
            pool.release(inputs.steps());
            pool.release(inputs.output());
            pending = null;
        }
    }

    @Override
    public LayerState fork() {
        CpuMambaState copy = new CpuMambaState(pool, kernels, parameters);
        copy.history.copyFrom(history);
        copy.state.copyFrom(state);
        return copy;
    }

    @Override
    public long byteSize() {
        return history.byteSize() + state.byteSize();
    }

    @Override
    public void close() {
        dropPending();
        pool.release(history);
        pool.release(state);
    }

    private static long bytes(long floats) {
        return floats * Float.BYTES;
    }
}
