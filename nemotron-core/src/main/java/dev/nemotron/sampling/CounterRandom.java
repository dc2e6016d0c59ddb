package dev.nemotron.sampling;

/**
 * Random numbers that depend on a seed and a counter alone, so that the n-th draw of an answer is the same whoever draws
 * beside it, and taking tokens back takes their draws back too. The mixing function is the finaliser of SplitMix64 (Steele,
 * Lea, Flood: Fast splittable pseudorandom number generators, 2014).
 */
final class CounterRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private CounterRandom() {}

    /** A number from 0 to below 1, with 53 random bits. */
    static double uniform(long seed, long counter) {
        // Mixed twice, since seeds are often small and neighbouring ones must not give neighbouring streams.
        return (mix(mix(seed + GOLDEN_GAMMA) + counter * GOLDEN_GAMMA) >>> 11) * 0x1p-53;
    }

    private static long mix(long z) {
        long x = z;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
