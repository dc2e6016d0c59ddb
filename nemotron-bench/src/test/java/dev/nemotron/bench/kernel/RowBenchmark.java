package dev.nemotron.bench.kernel;

import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done to single rows: looking up tokens, norms. */
@State(Scope.Thread)
public class RowBenchmark extends KernelBenchmark {

    private static final int WIDTH = 4480;
    private static final int TOKENS = 64;

    private final Kernels kernels = KernelSelection.auto().kernels();
    private final SplittableRandom random = new SplittableRandom(1);
    private final MemorySegment rows = Floats.random((long) TOKENS * WIDTH);
    private final Scratch scratch = new Scratch(MemorySegment.NULL);

    /** An embedding table that no cache holds. */
    @State(Scope.Thread)
    public static class Table {

        /** Its size. */
        @Param("512")
        public long megabytes;

        private StoredMatrix embedding;

        /** Makes the table. */
        @Setup
        public void make() {
            embedding = Weights.BF16.matrix(Weights.BF16.rows(megabytes << 20, WIDTH), WIDTH);
        }
    }

    /** Rows from all over the table. */
    @Benchmark
    public void embedding(Table table, Amount amount) {
        for (int t = 0; t < TOKENS; t++) {
            kernels.decodeRow(table.embedding, random.nextInt(table.embedding.rows()), rows, (long) t * WIDTH, scratch);
        }
        amount.add((double) TOKENS * WIDTH * Short.BYTES, 0);
    }

    /** The norm before a block. */
    @Benchmark
    public void rmsNorm(Amount amount) {
        kernels.rmsNorm(rows, rows, 1e-5f, WIDTH, 0, TOKENS, rows);
        amount.add(2.0 * TOKENS * WIDTH * Float.BYTES, 4.0 * TOKENS * WIDTH);
    }
}
