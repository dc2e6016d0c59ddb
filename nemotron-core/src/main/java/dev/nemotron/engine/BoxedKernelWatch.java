package dev.nemotron.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Notices kernels that the JIT compiler has left behind. A compiled step leaves nothing on the heap; one with a kernel whose
 * vectors are objects leaves megabytes, and so does every kernel until it is compiled. So what counts is how long the steps
 * have gone on like this without a break. Watches steps of one kind, on the thread that computes them.
 */
final class BoxedKernelWatch {

    /** More than a compiled step leaves on the heap when a sequence or a batch grows. */
    private static final long SUSPICIOUS_BYTES = 256 << 10;

    /** Longer than compilation takes, even beside an application that starts up. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Slow steps may be longer than the patience; one or two of them prove nothing. */
    private static final int FEWEST_STEPS = 3;

    private final String work;
    private final LongSupplier allocatedBytes;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, String> report;
    private long bytesBefore;
    private long nanosBefore;
    private long suspiciousNanos;
    private int suspiciousSteps;
    private boolean reported;

    /**
     * Begins to watch.
     *
     * @param work what the steps are made for
     * @param allocatedBytes what the thread that computes has allocated until now
     * @param nanoTime the clock
     * @param report takes the reason and the cure, once
     */
    BoxedKernelWatch(
            String work, LongSupplier allocatedBytes, LongSupplier nanoTime, BiConsumer<String, String> report) {
        this.work = work;
        this.allocatedBytes = allocatedBytes;
        this.nanoTime = nanoTime;
        this.report = report;
    }

    void begin() {
        if (!reported) {
            nanosBefore = nanoTime.getAsLong();
            bytesBefore = allocatedBytes.getAsLong();
        }
    }

    void end() {
        if (reported) {
            return;
        }
        long bytes = allocatedBytes.getAsLong() - bytesBefore;
        if (bytes <= SUSPICIOUS_BYTES) {
            suspiciousNanos = 0;
            suspiciousSteps = 0;
            return;
        }
        suspiciousNanos += nanoTime.getAsLong() - nanosBefore;
        suspiciousSteps++;
        if (suspiciousNanos >= PATIENCE_NANOS && suspiciousSteps >= FEWEST_STEPS) {
            reported = true;
            report.accept(
                    "after " + suspiciousSteps + " steps for " + work + " each still leaves " + (bytes >> 10)
                            + " KB on the heap, as steps do whose SIMD kernels the JIT compiler has not compiled; those"
                            + " are many times slower than compiled ones",
                    "Starting Java again may help, since what is compiled can differ from start to start; no other cure is"
                            + " known. Where this comes back, please report the lines with COMPILE SKIPPED that"
                            + " -XX:+PrintCompilation prints.");
        }
    }
}
