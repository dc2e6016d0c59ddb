package dev.nemotron.cli;

/** What the process tells the shell. */
final class ExitCode {

    static final int OK = 0;
    /** Something failed while running. */
    static final int FAILURE = 1;
    /** The arguments make no sense. */
    static final int USAGE = 2;
    /** The model folder cannot be used. */
    static final int UNUSABLE_FOLDER = 3;
    /** Ctrl-C: 128 and the number of the signal. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
