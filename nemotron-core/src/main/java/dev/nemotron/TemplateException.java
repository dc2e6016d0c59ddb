package dev.nemotron;

/** A chat template is malformed, refuses the conversation, or exceeds a limit. */
public final class TemplateException extends NemotronException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the template, line and column, and what it says
     */
    public TemplateException(String message) {
        super(message, null);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message the template, line and column, and what it says
     * @param cause the lower-level failure
     */
    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
