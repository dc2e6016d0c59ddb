package dev.nemotron;

/** A file of a model folder is missing, damaged, or contradicts another one. */
public final class ModelFormatException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the file, and the tensor, key or byte range in it; what was expected and what was found
     */
    public ModelFormatException(String message) {
        super(message, null);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message the file, and the tensor, key or byte range in it; what was expected and what was found
     * @param cause the lower-level failure
     */
    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
