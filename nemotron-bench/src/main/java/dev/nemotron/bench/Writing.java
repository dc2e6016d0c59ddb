package dev.nemotron.bench;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writing that takes long, and leaves nothing half-done behind when the user interrupts. */
public final class Writing {

    private static final long SECONDS_TO_CLEAN_UP = 10;

    private Writing() {}

    /** What is written, by the calling thread; removes what it has begun when the thread is interrupted. */
    public interface Work {
        /**
         * Writes.
         *
         * @throws IOException if it cannot
         */
        void run() throws IOException;
    }

    /**
     * Runs work of a command; when the process is told to end, interrupts it and waits until it has cleaned up.
     *
     * @param work what is to be written
     * @throws IOException if it cannot be
     */
    public static void run(Work work) throws IOException {
        Thread writer = Thread.currentThread();
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Thread interrupter = new Thread(() -> {
            writer.interrupt();
            try {
                cleanedUp.await(SECONDS_TO_CLEAN_UP, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(interrupter);
        try {
            work.run();
        } finally {
            cleanedUp.countDown();
            removeHook(interrupter);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, which is what the hook is for.
            Thread.currentThread().interrupt();
        }
    }
}
