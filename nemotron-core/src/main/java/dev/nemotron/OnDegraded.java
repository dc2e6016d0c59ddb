package dev.nemotron;

/** What happens when the fastest backend cannot be used. */
public enum OnDegraded {
    /** One warning in the log, with the reason and the cure. */
    WARN,
    /** Loading fails with {@link BackendUnavailableException}. */
    FAIL
}
