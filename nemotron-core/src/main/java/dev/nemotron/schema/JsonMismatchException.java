package dev.nemotron.schema;

import org.jspecify.annotations.Nullable;

/** JSON does not have the form of the Java type that it is read as. */
public final class JsonMismatchException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message the path within the JSON, what was expected and what was found
     * @param cause what refused the value, or null
     */
    public JsonMismatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static JsonMismatchException at(String path, String expected, String found) {
        return new JsonMismatchException(path + ": expected " + expected + ", found " + found, null);
    }
}
