package dev.nemotron.sampling;

/**
 * Random numbers without a state: each is a function of seed, sequence and step, so they are the same whatever else runs,
 * and a step that is taken back and done again draws the same number. Three rounds of the mixing function of SplitMix64
 * (Steele, Lea, Flood 2014).
 */
public final class CounterRandom {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private CounterRandom() {}

    /**
     * A number evenly distributed over [0, 1), with 53 bits.
     *
     * @param seed the seed
     * @param sequence which sequence of that seed, for example the index of an answer
     * @param step which position of the sequence
     * @param stream which of several numbers of that step
     * @return the number
     */
    public static double uniform(long seed, long sequence, long step, int stream) {
        long bits = mix(mix(mix(seed + GOLDEN) + sequence * GOLDEN + GOLDEN) + (step << 2 | stream) * GOLDEN + GOLDEN);
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
