package dev.nemotron.bench.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matrices times rows, each weight format in turn. */
@State(Scope.Thread)
public class ProductBenchmark extends KernelBenchmark {

    /** The width of Nemotron-Nano-9B-v2. */
    private static final int COLUMNS = 4480;

    /** How the weights are stored. */
    @Param
    public Weights format = Weights.BF16;

    /** A matrix that no cache holds, for few inputs. */
    @State(Scope.Thread)
    public static class Decode {

        /** Inputs at once. */
        @Param({"1", "4"})
        public int inputs;

        /** The size of the matrix. */
        @Param("512")
        public long megabytes;

        private Product product;

        /** Makes the matrix. */
        @Setup
        public void make(ProductBenchmark benchmark) {
            int rows = benchmark.format.rows(megabytes << 20, COLUMNS);
            product = new Product(benchmark.format.matrix(rows, COLUMNS), inputs);
        }
    }

    /** Rows of a prompt. */
    @State(Scope.Thread)
    public static class Prefill {

        /** Tokens at once. */
        @Param("64")
        public int inputs;

        /** The outputs. */
        @Param("3840")
        public int rows;

        private Product product;

        /** Makes the matrix. */
        @Setup
        public void make(ProductBenchmark benchmark) {
            product = new Product(benchmark.format.matrix(rows, COLUMNS), inputs);
        }
    }

    /** Rows of a long prompt. */
    @State(Scope.Thread)
    public static class LongPrefill {

        /** Tokens at once. */
        @Param("512")
        public int inputs;

        /** The outputs. */
        @Param("1920")
        public int rows;

        private Product product;

        /** Makes the matrix. */
        @Setup
        public void make(ProductBenchmark benchmark) {
            product = new Product(benchmark.format.matrix(rows, COLUMNS), inputs);
        }
    }

    /** One generated token, or a few at once: bound by memory. */
    @Benchmark
    public void decode(Decode decode, Amount amount) {
        decode.product.run();
        amount.add(decode.product.bytes(), decode.product.flops());
    }

    /** A short prompt: bound by arithmetic. */
    @Benchmark
    public void prefill(Prefill prefill, Amount amount) {
        prefill.product.run();
        amount.add(prefill.product.bytes(), prefill.product.flops());
    }

    /** A step of a long prompt. */
    @Benchmark
    public void longPrefill(LongPrefill prefill, Amount amount) {
        prefill.product.runAsPrompt();
        amount.add(prefill.product.bytes(), prefill.product.flops());
    }
}
