package dev.nemotron.cli;

import picocli.CommandLine.Option;

/** What a command prints. */
final class OutputOptions {

    @Option(
            names = "--json",
            description = "Print JSON on standard output, and nothing else there. A number that is not finite is null.")
    boolean json;

    @Option(names = "--verbose", description = "Tell more on standard error: the log, and the trace of a failure.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /**
     * Sets the log up; call it first.
     *
     * @return whether the user wants to know more
     */
    boolean verbose() {
        LogLines.toStandardError(verbose);
        return verbose;
    }
}
