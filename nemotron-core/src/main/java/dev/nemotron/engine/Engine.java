package dev.nemotron.engine;

import dev.nemotron.arch.CausalModel;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.state.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One thread that puts the new tokens of all running sequences into one step after another: every answer in progress gives
 * its last token, and what room is left is filled with pieces of waiting prompts. Callers hand in sequences from any thread.
 *
 * <p>Since every row of a step is computed in an order of its own, an answer is the same bits whoever else is computed
 * beside it.
 */
public final class Engine implements AutoCloseable {

    private final CausalModel model;
    private final Backend backend;
    private final int maxSequences;
    private final int prefillTokens;
    private final Function<Throwable, RuntimeException> explain;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final Deque<FutureTask<?>> tasks = new ArrayDeque<>();
    private volatile boolean closed;

    // Touched by the engine's thread alone.
    private final List<Sequence> running = new ArrayList<>();
    private final Batch batch = new Batch();
    private final StepWatch watch = new StepWatch();
    private final BooleanSupplier pointless = this::isPointless;
    private final float[] logits;

    /**
     * Starts the engine.
     *
     * @param model what computes; used by the engine's thread alone from now on
     * @param backend where it computes
     * @param maxSequences how many sequences run at once
     * @param prefillTokens how many prompt tokens go into one step
     * @param explain turns a low-level failure into what the caller should see
     */
    public Engine(
            CausalModel model,
            Backend backend,
            int maxSequences,
            int prefillTokens,
            Function<Throwable, RuntimeException> explain) {
        this.model = model;
        this.backend = backend;
        this.maxSequences = maxSequences;
        this.prefillTokens = prefillTokens;
        this.explain = explain;
        this.logits = new float[model.vocabularySize()];
        this.thread = Thread.ofPlatform().daemon().name("nemotron-engine").unstarted(this::loop);
        thread.start();
    }

    /**
     * Hands in a sequence.
     *
     * @param sequence what to compute
     * @throws IllegalStateException if the engine is closed
     */
    public void submit(Sequence sequence) {
        lock.lock();
        try {
            requireOpen();
            waiting.add(sequence);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs something on the engine's thread, between two steps.
     *
     * @param <T> what it returns
     * @param task what to run; may use the model and the backend
     * @return the task, to wait for
     * @throws IllegalStateException if the engine is closed
     */
    public <T> FutureTask<T> run(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        lock.lock();
        try {
            requireOpen();
            tasks.add(future);
            work.signal();
        } finally {
            lock.unlock();
        }
        return future;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    /** Cancels all sequences and waits for the step in progress. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // Closing must finish: memory that a running step reads cannot be given back yet.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (awaitWork()) {
            try {
                step();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }
        running.forEach(Sequence::cancelled);
        waiting.forEach(Sequence::cancelled);
        tasks.forEach(task -> task.cancel(false));
    }

    /** Waits until there is something to compute; false when the engine is closed. */
    private boolean awaitWork() {
        FutureTask<?> task;
        do {
            lock.lock();
            try {
                while (!closed && tasks.isEmpty() && waiting.isEmpty() && running.isEmpty()) {
                    work.awaitUninterruptibly();
                }
                task = tasks.poll();
                waiting.removeIf(Sequence::endIfCancelled);
                while (!closed && running.size() < maxSequences && !waiting.isEmpty()) {
                    running.add(waiting.remove());
                }
            } finally {
                lock.unlock();
            }
            if (task != null) {
                task.run();
            }
        } while (task != null);
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void step() {
        running.removeIf(Sequence::endIfCancelled);
        batch.clear();
        for (Sequence sequence : running) {
            if (sequence.decoding()) {
                sequence.addTo(batch, 1, model);
            }
        }
        int answers = batch.sequences();
        int answerRows = batch.rows();
        addPrompts(addPrompts(prefillTokens, false), true);
        if (batch.rows() == 0) {
            return;
        }
        watch.begin(batch.rows(), batch.sequences(), batch.rows() - answerRows, batch.sequences() - answers);
        boolean computed = model.forward(batch, pointless);
        Buffer scores = computed && batch.wantedCount() > 0 ? model.logits(0, batch.wantedCount()) : null;
        watch.end();
        if (!computed) {
            running.forEach(Sequence::abandoned);
            running.clear();
            return;
        }
        if (scores != null) {
            for (Sequence sequence : running) {
                if (sequence.wantedRow() >= 0) {
                    backend.read(scores, (long) sequence.wantedRow() * logits.length, logits);
                    sequence.accept(logits);
                }
            }
        }
        running.removeIf(Sequence::ended);
    }

    /** Adds pieces of short or long prompts; returns how many more tokens there is room for. */
    private int addPrompts(int room, boolean isLong) {
        int left = room;
        for (Sequence sequence : running) {
            if (left > 0 && !sequence.decoding() && sequence.isLong(model) == isLong) {
                left -= sequence.addTo(batch, left, model);
            }
        }
        return left;
    }

    /** Whether nobody waits for any sequence in progress any more, nor for its state. */
    private boolean isPointless() {
        for (int i = 0; !closed && i < running.size(); i++) {
            if (!running.get(i).isDispensable()) {
                return false;
            }
        }
        return true;
    }

    /** What was in the step cannot go on, since its states may be half advanced; the engine can. */
    private void fail(Throwable thrown) {
        RuntimeException failure = explain.apply(thrown);
        running.forEach(sequence -> sequence.failed(failure));
        running.clear();
    }
}
