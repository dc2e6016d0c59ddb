package dev.nemotron.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.nemotron.bench.vector.FmaKernel;
import dev.nemotron.bench.vector.ReadKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this machine can do at most with a number of threads, measured: the pace at which it reads main memory, and at which
 * it multiplies and adds in registers.
 *
 * @param threads how many threads
 * @param readBytesPerSecond the pace of reading
 * @param flopsPerSecond the pace of multiplications and additions, FP32
 */
record MachineLimits(int threads, double readBytesPerSecond, double flopsPerSecond) {

    /** More than any cache, unless the machine is small; but a model of nearly all the memory is to stay in it. */
    private static final long READ_BYTES = 1L << 30;

    private static final int SHARE_OF_MEMORY = 16;
    private static final int WINDOW = 256 << 10;
    private static final int STREAMS = 4;
    private static final int ROUNDS = 50_000;
    private static final int CALLS = 200;
    private static final int WARM_UPS = 3;
    private static final int TRIALS = 8;

    /** One thread's share of a measurement. */
    private interface Share {
        /** Does it and returns what depends on the result. */
        long run(int thread);
    }

    /**
     * Measures; takes some seconds and, while it runs, up to 1 GiB.
     *
     * @param threads how many threads
     * @return the limits
     */
    static MachineLimits measure(int threads) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return measure(threads, Math.min(READ_BYTES, system.getTotalMemorySize() / SHARE_OF_MEMORY));
    }

    /** Measures with a smaller piece of memory, which may be in a cache. */
    static MachineLimits measure(int threads, long size) {
        return new MachineLimits(threads, read(threads, size), fma(threads));
    }

    /** The better of one stream a thread and four, since processors differ in which they like. */
    private static double read(int threads, long size) {
        long unit = (long) WINDOW * STREAMS * threads;
        // An odd number, for streams that are a power of two apart wait for the same banks of the memory.
        long windows = Math.max(0, size / unit - 1) | 1;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(windows * unit, 64);
            long stream = windows * WINDOW;
            long slice = STREAMS * stream;
            double four = best(threads, thread -> readFour(memory, thread * slice, stream));
            double one = best(threads, thread -> readOne(memory, thread * slice, slice));
            return memory.byteSize() / Math.min(four, one);
        }
    }

    private static long readFour(MemorySegment memory, long begin, long stream) {
        long sum = 0;
        for (long at = begin; at < begin + stream; at += WINDOW) {
            sum += ReadKernel.read(memory, at, at + stream, at + 2 * stream, at + 3 * stream, WINDOW);
        }
        return sum;
    }

    private static long readOne(MemorySegment memory, long begin, long slice) {
        long sum = 0;
        for (long at = begin; at < begin + slice; at += WINDOW) {
            sum += ReadKernel.read(memory, at, WINDOW);
        }
        return sum;
    }

    private static double fma(int threads) {
        double seconds = best(threads, thread -> {
            float sum = 0;
            for (int i = 0; i < CALLS; i++) {
                sum += FmaKernel.run(ROUNDS, 0.5f);
            }
            return Float.floatToRawIntBits(sum);
        });
        return (double) threads * CALLS * ROUNDS * FmaKernel.flopsPerRound() / seconds;
    }

    /** The shortest time, in seconds, from when all threads stand ready until the last one is done. */
    private static double best(int threads, Share share) {
        double best = Double.POSITIVE_INFINITY;
        AtomicLong sink = new AtomicLong();
        for (int trial = -WARM_UPS; trial < TRIALS; trial++) {
            double seconds = once(threads, share, sink);
            best = trial < 0 ? best : Math.min(best, seconds);
        }
        return best;
    }

    private static double once(int threads, Share share, AtomicLong sink) {
        long[] moments = new long[2];
        CyclicBarrier ready = new CyclicBarrier(threads, () -> moments[0] = System.nanoTime());
        CyclicBarrier done = new CyclicBarrier(threads, () -> moments[1] = System.nanoTime());
        Thread[] workers = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            int thread = t;
            workers[t] = Thread.ofPlatform().daemon().start(() -> {
                await(ready);
                sink.addAndGet(share.run(thread));
                await(done);
            });
        }
        for (Thread worker : workers) {
            join(worker);
        }
        return (moments[1] - moments[0]) / 1e9;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("the measurement was interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the measurement was interrupted", e);
        }
    }
}
