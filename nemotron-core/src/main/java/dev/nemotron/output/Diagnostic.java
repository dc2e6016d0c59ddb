package dev.nemotron.output;

import java.util.Objects;

/**
 * Something in an answer that is not as it should be.
 *
 * @param kind what it is
 * @param call the index of the call that it is about, or -1
 * @param message what was expected and found, for a person or for the model
 */
public record Diagnostic(Kind kind, int call, String message) {

    /** What can be wrong. */
    public enum Kind {
        /** A call of a tool that was not declared. */
        UNKNOWN_TOOL,
        /** A call without a parameter that its tool requires. */
        MISSING_PARAMETER,
        /** An argument that is not of its declared type. */
        MISTYPED_VALUE,
        /** A parameter that was given twice; the first one counts. */
        REPEATED_PARAMETER,
        /** Text that looked like a call and is none, or is one no more: what is not in the call became content. */
        UNPARSABLE_CALL,
        /** A call that the end of the answer cut short: its arguments were closed where they stood. */
        UNFINISHED_CALL,
        /** A part of a call that has no meaning. */
        IGNORED_TEXT
    }

    /** Checks that nothing is null. */
    public Diagnostic {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }
}
