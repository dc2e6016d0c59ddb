package dev.nemotron.spi;

/** A weight matrix that a backend has made ready for use; opaque to the layers. */
public interface Matrix {

    /**
     * The outputs.
     *
     * @return the rows
     */
    int rows();

    /**
     * The inputs.
     *
     * @return the columns
     */
    int columns();
}
