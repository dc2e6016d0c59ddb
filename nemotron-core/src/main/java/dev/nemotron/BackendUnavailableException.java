package dev.nemotron;

/** The backend that was asked for cannot run here, or runs degraded where that was forbidden. */
public final class BackendUnavailableException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the backend, the reason, and the JVM flag or option that cures it
     */
    public BackendUnavailableException(String message) {
        super(message, null);
    }
}
