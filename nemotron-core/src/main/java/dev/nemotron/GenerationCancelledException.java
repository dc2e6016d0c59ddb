package dev.nemotron;

/** A blocking generation was interrupted. The interrupt flag of the thread is set again. */
public final class GenerationCancelledException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message how far the generation had come
     */
    public GenerationCancelledException(String message) {
        super(message, null);
    }
}
