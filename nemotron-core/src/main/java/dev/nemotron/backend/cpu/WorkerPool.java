package dev.nemotron.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of daemon platform threads for short parallel jobs. The calling thread takes part. Workers spin for a moment
 * after a job, since the next one usually follows within microseconds, and then park. Allocates nothing per job. Called by
 * one thread at a time.
 */
final class WorkerPool implements AutoCloseable {

    /** Work that is cut into parts; parts may run in any order and at once. */
    interface Job {
        /**
         * Runs one part.
         *
         * @param part from 0
         * @param worker the thread's number, from 0; owns the scratch of that number
         */
        void run(int part, int worker);
    }

    /** Work below which handing it to another thread costs more than it saves, in multiply-adds. */
    private static final long SMALL = 16 << 10;

    /** Spins before parking: some tens of microseconds, longer than the gap between two jobs of a step. */
    private static final int SPINS = 20_000;

    private final Thread[] threads;
    private final AtomicInteger nextPart = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger epoch = new AtomicInteger();
    private volatile boolean closed;
    private @Nullable Job job;
    private int parts;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the threads.
     *
     * @param size the threads that work on a job, the caller's included
     */
    WorkerPool(int size) {
        threads = new Thread[size - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = Thread.ofPlatform()
                    .daemon()
                    .name("nemotron-kernel-" + worker)
                    .unstarted(() -> work(worker));
        }
        for (Thread thread : threads) {
            thread.start();
        }
    }

    int size() {
        return threads.length + 1;
    }

    /** How many parts to cut evenly divisible work into, so that a thread that comes late still leaves little to wait for. */
    int fineParts() {
        return 4 * size();
    }

    /** Where a part of {@code total} begins, if all parts are to be of about the same size. */
    static int share(int total, int part, int parts) {
        return (int) ((long) total * part / parts);
    }

    /**
     * Runs all parts of a job and returns when the last is done.
     *
     * @param work the job
     * @param count its parts
     * @param size how much there is to do in all, in multiply-adds or elements; a small job stays on the caller's thread
     */
    @SuppressWarnings("ThreadPriorityCheck") // yields only when a worker lost its core to another process
    void run(Job work, int count, long size) {
        if (threads.length == 0 || count <= 1 || size < SMALL) {
            for (int part = 0; part < count; part++) {
                work.run(part, 0);
            }
            return;
        }
        job = work;
        parts = count;
        nextPart.set(0);
        busy.set(threads.length);
        epoch.getAndIncrement();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        drain(work, count, 0);
        for (int spins = SPINS; busy.get() != 0; spins--) {
            if (spins > 0) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        job = null;
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            rethrow(thrown);
        }
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private void drain(Job work, int count, int worker) {
        try {
            for (int part = nextPart.getAndIncrement(); part < count; part = nextPart.getAndIncrement()) {
                work.run(part, worker);
            }
        } catch (Throwable thrown) {
            // Kept for the caller; the other parts are pointless now.
            failure = thrown;
            nextPart.set(count);
        }
    }

    private void work(int worker) {
        int seen = 0;
        while (true) {
            int spins = SPINS;
            while (epoch.get() == seen && !closed) {
                if (spins-- > 0) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = epoch.get();
            Job work = job;
            if (work != null) {
                drain(work, parts, worker);
            }
            busy.getAndDecrement();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
