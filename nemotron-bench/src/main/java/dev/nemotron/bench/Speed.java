package dev.nemotron.bench;

import java.util.Arrays;

/**
 * A pace that was measured several times.
 *
 * @param tokensPerSecond the median
 * @param spread the distance from the slowest to the fastest run, as a part of the median
 */
record Speed(double tokensPerSecond, double spread) {

    /** Summarises runs; at least one. */
    static Speed of(double[] runs) {
        double[] sorted = runs.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Speed(median, (sorted[sorted.length - 1] - sorted[0]) / median);
    }
}
