package dev.nemotron;

import org.jspecify.annotations.Nullable;

/**
 * Everything this library throws on purpose, apart from {@link IllegalArgumentException}, {@link NullPointerException}
 * and {@link IllegalStateException} for programming errors. The message names the file, tensor or option, what was
 * expected, what was found, and the cure where there is one.
 */
public abstract sealed class NemotronException extends RuntimeException
        permits ModelFormatException,
                UnsupportedModelException,
                InsufficientMemoryException,
                BackendUnavailableException,
                TemplateException,
                InvalidRequestException,
                GenerationCancelledException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what went wrong, for the person who has to mend it
     * @param cause the lower-level failure, or null
     */
    protected NemotronException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
