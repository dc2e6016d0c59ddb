package dev.nemotron.bench.kernel;

import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.ScanShape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A Mamba-2 mixer of Nemotron-Nano-9B-v2 without its projections, for one token and for a chunk of a prompt. */
@State(Scope.Thread)
public class MambaBenchmark extends KernelBenchmark {

    private static final ScanShape SHAPE = new ScanShape(128, 80, 8, 128, 4);

    /** A multiplication by the decay, two additions of products, for each element of the state and each token. */
    private static final int FLOPS_OF_AN_ELEMENT = 5;

    /** One token is a step of decoding. */
    @Param({"1", "64"})
    public int tokens;

    private final Kernels kernels = KernelSelection.auto().kernels();
    private MemorySegment projected;
    private MemorySegment taps;
    private MemorySegment convolved;
    private MemorySegment steps;
    private MemorySegment decay;
    private MemorySegment y;

    /** Makes a layer. */
    @Setup
    public void make() {
        projected = Floats.random((long) tokens * SHAPE.projectedWidth());
        taps = Floats.random((long) SHAPE.convWidth() * SHAPE.convChannels());
        convolved = Floats.random((long) tokens * SHAPE.convChannels());
        steps = Floats.filled((long) tokens * SHAPE.heads(), 0.01f);
        decay = Floats.filled(SHAPE.heads(), -1);
        y = Floats.random((long) tokens * SHAPE.innerWidth());
    }

    /** The states of so many layers that no cache holds them, taken in turn. */
    @State(Scope.Thread)
    public static class States {

        /** The least size of all states together. */
        @Param("512")
        public long megabytes;

        private final List<MemorySegment> layers = new ArrayList<>();
        private int next;

        /** Makes the states. */
        @Setup
        public void make() {
            long floats = (long) SHAPE.innerWidth() * SHAPE.stateSize();
            for (long bytes = 0; bytes < megabytes << 20; bytes += floats * Float.BYTES) {
                layers.add(Floats.filled(floats, 0.1f));
            }
        }

        MemorySegment next() {
            next = (next + 1) % layers.size();
            return layers.get(next);
        }
    }

    /** The selective scan; the state is read and written once. */
    @Benchmark
    public void scan(States states, Amount amount) {
        MemorySegment state = states.next();
        kernels.scan(SHAPE, convolved, 0, steps, 0, tokens, decay, decay, state, y, 0, 0, SHAPE.heads());
        double elements = (double) SHAPE.innerWidth() * SHAPE.stateSize();
        amount.add(2 * elements * Float.BYTES, FLOPS_OF_AN_ELEMENT * elements * tokens);
    }

    /** The causal convolution. */
    @Benchmark
    public void convolution(Amount amount) {
        int channels = SHAPE.convChannels();
        kernels.convolve(
                SHAPE,
                projected,
                SHAPE.innerWidth(),
                SHAPE.projectedWidth(),
                tokens,
                taps,
                taps,
                taps,
                convolved,
                0,
                0,
                channels);
        amount.add(2.0 * channels * tokens * Float.BYTES, 2.0 * SHAPE.convWidth() * channels * tokens);
    }

    /** The gated norm over groups. */
    @Benchmark
    public void groupNorm(Amount amount) {
        int width = SHAPE.innerWidth();
        kernels.gatedGroupNorm(
                y, projected, SHAPE.projectedWidth(), taps, 1e-5f, width, SHAPE.groups(), 0, tokens, convolved);
        amount.add(3.0 * width * tokens * Float.BYTES, 6.0 * width * tokens);
    }
}
