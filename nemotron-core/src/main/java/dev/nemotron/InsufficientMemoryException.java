package dev.nemotron;

/** A model, or the state that a request needs, does not fit into the memory of this machine or this JVM. */
public final class InsufficientMemoryException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what is needed, what there is, in bytes, and which option lowers the need
     */
    public InsufficientMemoryException(String message) {
        super(message, null);
    }
}
