package dev.nemotron.bench.synth;

/** Takes how far the writing has come. Called by the writing thread, many times a second. */
@FunctionalInterface
public interface Progress {

    /**
     * Takes a report.
     *
     * @param bytes what has been written
     * @param total what will have been written in the end
     */
    void written(long bytes, long total);
}
