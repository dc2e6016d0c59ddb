package dev.nemotron.spi;

/**
 * What one layer remembers of one sequence: keys and values, or a convolution's history and a recurrent state. Made and
 * advanced by a backend; confined to one thread at a time.
 */
public interface LayerState extends AutoCloseable {

    /**
     * Copies the state; the copy and the original go separate ways.
     *
     * @return the copy
     */
    LayerState fork();

    /**
     * Ends a provisional step: keeps its first tokens and forgets the others, as if only the kept ones had been computed.
     *
     * @param tokens how many tokens of the step to keep, 0 or more
     */
    void commit(int tokens);

    /**
     * The memory that the state holds now.
     *
     * @return the size in bytes
     */
    long byteSize();

    /** Gives the memory back. The state cannot be used afterwards. */
    @Override
    void close();
}
