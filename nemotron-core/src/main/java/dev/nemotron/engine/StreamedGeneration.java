package dev.nemotron.engine;

import dev.nemotron.Generation;
import dev.nemotron.GenerationCancelledException;
import dev.nemotron.GenerationResult;
import dev.nemotron.TextChunk;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The caller's end of a sequence. The queue holds at most as many events as the answer has tokens. */
public final class StreamedGeneration implements Generation, Sequence.Listener {

    private sealed interface Event {
        record Text(TextChunk chunk) implements Event {}

        record End(GenerationResult result) implements Event {}

        record Failure(RuntimeException exception) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable Sequence sequence;
    private @Nullable TextChunk next;
    private @Nullable Event last;
    private int received;

    /** Creates an end without a sequence; {@link #connect} follows. */
    public StreamedGeneration() {}

    /**
     * Names the sequence that this listens to.
     *
     * @param source the sequence, not submitted yet
     */
    public void connect(Sequence source) {
        sequence = source;
    }

    @Override
    public void text(TextChunk chunk) {
        events.add(new Event.Text(chunk));
    }

    @Override
    public void end(GenerationResult result) {
        events.add(new Event.End(result));
    }

    @Override
    public void failure(RuntimeException exception) {
        events.add(new Event.Failure(exception));
    }

    @Override
    public boolean hasNext() {
        if (next == null && last == null) {
            take();
        }
        throwFailure();
        return next != null;
    }

    @Override
    public TextChunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the answer is complete");
        }
        TextChunk chunk = java.util.Objects.requireNonNull(next);
        next = null;
        return chunk;
    }

    @Override
    public GenerationResult result() {
        while (last == null) {
            take();
        }
        next = null;
        throwFailure();
        return ((Event.End) last).result();
    }

    private void throwFailure() {
        if (last instanceof Event.Failure(RuntimeException exception)) {
            throw exception;
        }
    }

    private void take() {
        try {
            switch (events.take()) {
                case Event.Text(TextChunk chunk) -> {
                    next = chunk;
                    received += chunk.tokens();
                }
                case Event.End end -> last = end;
                case Event.Failure failure -> last = failure;
            }
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new GenerationCancelledException(
                    "interrupted while an answer was generated, after " + received + " tokens");
        }
    }

    @Override
    public void cancel() {
        Sequence source = sequence;
        if (source != null) {
            source.cancel();
        }
    }

    @Override
    public void close() {
        cancel();
    }
}
