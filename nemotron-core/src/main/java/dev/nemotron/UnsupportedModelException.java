package dev.nemotron;

/** A well-formed model that this library does not run. */
public final class UnsupportedModelException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what is not supported, and what is
     */
    public UnsupportedModelException(String message) {
        super(message, null);
    }
}
