package dev.nemotron;

/** A request is not what it should be, or asks for what this model cannot do. */
public final class InvalidRequestException extends NemotronException {

    private static final long serialVersionUID = 1;

    private final String parameter;

    /**
     * Creates an exception.
     *
     * @param parameter which part of the request is meant, for example {@code messages[2].content}; also begins the message
     * @param message what is wrong, and the cure
     */
    public InvalidRequestException(String parameter, String message) {
        super(parameter + ": " + message, null);
        this.parameter = parameter;
    }

    /**
     * The part of the request.
     *
     * @return for example {@code messages[2].content}
     */
    public String parameter() {
        return parameter;
    }
}
