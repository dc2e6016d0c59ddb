package dev.nemotron.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;

/** Adds up what the engine's threads allocate on the Java heap. */
final class AllocationMeter {

    private static final String ENGINE = "nemotron-";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] ids;
    private final long own;

    /** Finds the engine's threads, all of which must have been started. */
    AllocationMeter() {
        ids = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith(ENGINE))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        sum();
        long before = sum();
        own = sum() - before;
    }

    /**
     * What has been allocated since an earlier moment.
     *
     * @param before what {@link #sum} said then
     * @return bytes, what {@link #sum} itself allocates not included
     */
    long since(long before) {
        return Math.max(0, sum() - before - own);
    }

    /** What has been allocated until now. */
    long sum() {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(ids)) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
