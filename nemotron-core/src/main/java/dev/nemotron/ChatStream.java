package dev.nemotron;

import java.util.Iterator;

/**
 * An answer to a conversation that is being generated. One thread takes the events; any thread may {@link #cancel}.
 *
 * {@snippet lang = java:
 * try (ChatStream answer = model.stream(request)) {
 *     answer.forEachRemaining(event -> {
 *         if (event instanceof ChatEvent.Content(String text)) {
 *             System.out.print(text);
 *         }
 *     });
 *     Usage usage = answer.result().usage();
 * }
 * }
 */
public interface ChatStream extends Iterator<ChatEvent>, AutoCloseable {

    /**
     * Waits for more.
     *
     * @return whether there is a further event; false when the answer is complete or was cancelled
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    @Override
    boolean hasNext();

    /**
     * Takes the next event.
     *
     * @return the event
     * @throws java.util.NoSuchElementException if there is none
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    @Override
    ChatEvent next();

    /**
     * Asks the generation to end. It does so within one token, or one step of the prompt; what has been generated stays.
     * Does nothing when it has ended. May be called from any thread, any number of times.
     */
    void cancel();

    /**
     * Waits for the end, skipping the events that are left.
     *
     * @return the whole answer
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    ChatResult result();

    /** Cancels the generation if it has not ended. */
    @Override
    void close();
}
