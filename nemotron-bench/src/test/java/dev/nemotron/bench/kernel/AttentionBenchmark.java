package dev.nemotron.bench.kernel;

import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Attention of one token over the tokens before it, with so many layers in turn that no cache holds their keys and values. */
@State(Scope.Thread)
public class AttentionBenchmark extends KernelBenchmark {

    private static final int HEAD_WIDTH = 128;

    /** Query heads and key/value heads: those of Nemotron-3-Nano-30B-A3B and of Nemotron-Nano-9B-v2. */
    @Param({"32/2", "40/8"})
    public String heads = "";

    /** Tokens that are attended to. */
    @Param("8192")
    public int length;

    /** The least size of all layers together. */
    @Param("512")
    public long megabytes;

    private final Kernels kernels = KernelSelection.auto().kernels();
    private final List<KvPages> layers = new ArrayList<>();
    private int kvHeads;
    private int sharing;
    private int next;
    private MemorySegment queries;
    private MemorySegment out;
    private Scratch scratch;

    /** Fills the caches. */
    @Setup
    public void make() {
        String[] numbers = heads.split("/", 2);
        kvHeads = Integer.parseInt(numbers[1]);
        sharing = Integer.parseInt(numbers[0]) / kvHeads;
        queries = Floats.random((long) kvHeads * sharing * HEAD_WIDTH);
        out = Floats.zeros((long) kvHeads * sharing * HEAD_WIDTH);
        scratch = new Scratch(Floats.zeros(Math.max(1, kernels.attendScratch(sharing, HEAD_WIDTH))));
        for (long bytes = 0; bytes < megabytes << 20; bytes += (long) bytes()) {
            layers.add(layer());
        }
    }

    private KvPages layer() {
        List<MemorySegment> pages = new ArrayList<>();
        KvPages layer = new KvPages(pages, KvPages.Type.BF16, kvHeads, HEAD_WIDTH);
        MemorySegment token = Floats.random((long) kvHeads * HEAD_WIDTH);
        for (int position = 0; position < length; position++) {
            if (position % KvPages.PAGE_TOKENS == 0) {
                pages.add(Arena.ofAuto().allocate(layer.pageBytes(), 64));
            }
            kernels.append(token, token, 0, layer, position);
        }
        return layer;
    }

    private double bytes() {
        return 2.0 * kvHeads * length * HEAD_WIDTH * KvPages.Type.BF16.bytes();
    }

    /** All heads of one token. */
    @Benchmark
    public void attention(Amount amount) {
        next = (next + 1) % layers.size();
        for (int head = 0; head < kvHeads; head++) {
            kernels.attend(queries, 0, layers.get(next), head, sharing, length, 0.088f, out, scratch);
        }
        amount.add(bytes(), 4.0 * kvHeads * sharing * HEAD_WIDTH * length);
    }
}
