package dev.nemotron.bench;

/**
 * The limits of the machine, for benchmarks outside this package.
 *
 * @param threads with how many threads
 * @param readGigabytes the pace of reading memory, in GB/s
 * @param gigaflops the pace of arithmetic, in GFLOP/s
 */
public record Limits(int threads, double readGigabytes, double gigaflops) {

    /** Measures. */
    public static Limits measure(int threads) {
        MachineLimits limits = MachineLimits.measure(threads);
        return new Limits(threads, limits.readBytesPerSecond() / 1e9, limits.flopsPerSecond() / 1e9);
    }
}
