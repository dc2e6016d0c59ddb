package dev.nemotron.sampling;

import java.util.Arrays;

/**
 * The tokens that are still in the running, likeliest first, equal ones by ascending id, with their probabilities relative to
 * the likeliest. A vocabulary has 131,072 tokens and a few hundred matter, so only a head is sorted and it grows when it turns
 * out too short. Confined to one thread; allocates only while it grows.
 */
final class Candidates {

    /** Tokens less likely than this beside the likeliest are left out of the first attempt. */
    private static final double FIRST_CUT = 1e-4;

    private long[] order = new long[256];
    private int[] tokens = new int[256];
    private double[] weights = new double[256];
    private int count;

    int count() {
        return count;
    }

    int token(int i) {
        return tokens[i];
    }

    double weight(int i) {
        return weights[i];
    }

    void truncate(int newCount) {
        count = Math.min(count, newCount);
    }

    /** The sum of the weights of all tokens in the running. */
    double mass() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        return sum;
    }

    /**
     * Takes the likeliest tokens until they suffice.
     *
     * @param logits the scores
     * @param max the largest of them
     * @param temperature what they are divided by
     * @param topK the most tokens wanted, 0 for any number
     * @param mass the least sum of weights wanted; infinite for all tokens
     */
    void select(float[] logits, float max, double temperature, int topK, double mass) {
        double cut = FIRST_CUT;
        while (true) {
            collect(logits, cut == 0 ? Float.NEGATIVE_INFINITY : (float) (max + temperature * Math.log(cut)));
            boolean enough = cut == 0 || (topK > 0 && count >= topK);
            sort(logits, max, temperature);
            if (topK > 0) {
                truncate(topK);
            }
            if (enough || mass() >= mass) {
                return;
            }
            cut = cut > 1e-9 ? 1e-9 : 0;
        }
    }

    private void collect(float[] logits, float least) {
        count = 0;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] >= least && logits[i] > Float.NEGATIVE_INFINITY) {
                if (count == order.length) {
                    order = Arrays.copyOf(order, 2 * count);
                }
                order[count++] = key(logits[i], i);
            }
        }
    }

    /** A number that is smaller for a larger score, and among equal scores for a smaller id. */
    private static long key(float logit, int token) {
        int bits = Float.floatToIntBits(logit + 0f);
        int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ~ascending << 32) | token;
    }

    private void sort(float[] logits, float max, double temperature) {
        Arrays.sort(order, 0, count);
        if (tokens.length < count) {
            tokens = new int[order.length];
            weights = new double[order.length];
        }
        for (int i = 0; i < count; i++) {
            tokens[i] = (int) order[i];
            weights[i] = Math.exp((logits[tokens[i]] - max) / temperature);
        }
    }
}
