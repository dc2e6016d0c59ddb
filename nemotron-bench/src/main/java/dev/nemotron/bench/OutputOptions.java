package dev.nemotron.bench;

import picocli.CommandLine.Option;

/** What a command prints. */
@SuppressWarnings("UnusedVariable") // --help and --verbose are looked up by those who run commands
final class OutputOptions {

    @Option(names = "--json", description = "Print one JSON document on standard output, and nothing else there.")
    private boolean json;

    @Option(names = "--verbose", description = "Show the trace of a failure.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean json() {
        return json;
    }
}
