package dev.nemotron;

import java.util.Iterator;

/**
 * An answer that is being generated. One thread takes the chunks; any thread may {@link #cancel}.
 *
 * {@snippet lang = java:
 * try (Generation generation = model.stream(request)) {
 *     generation.forEachRemaining(chunk -> System.out.print(chunk.text()));
 *     Usage usage = generation.result().usage();
 * }
 * }
 */
public interface Generation extends Iterator<TextChunk>, AutoCloseable {

    /**
     * Waits for more text.
     *
     * @return whether there is a further chunk; false when the answer is complete or was cancelled
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    @Override
    boolean hasNext();

    /**
     * Takes the next chunk.
     *
     * @return the chunk
     * @throws java.util.NoSuchElementException if there is none
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    @Override
    TextChunk next();

    /**
     * Asks the generation to end. It does so within one token, or one step of the prompt; what has been generated stays.
     * Does nothing when it has ended. May be called from any thread, any number of times.
     */
    void cancel();

    /**
     * Waits for the end, skipping the chunks that are left.
     *
     * @return everything that was generated
     * @throws GenerationCancelledException if the thread is interrupted; the generation is cancelled, the flag set again
     * @throws NemotronException if computing failed
     */
    GenerationResult result();

    /** Cancels the generation if it has not ended. */
    @Override
    void close();
}
