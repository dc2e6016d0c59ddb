package dev.nemotron.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Natural logarithms of probabilities before temperature, penalties and truncation.
 *
 * @param chosen the token that was chosen
 * @param top the most likely tokens, highest first, the lower id first among equals
 */
public record LogProbabilities(Entry chosen, List<Entry> top) {

    /** The most tokens that can be asked for. */
    public static final int MAX_TOP = 20;

    /**
     * One token.
     *
     * @param token its id
     * @param logProbability the natural logarithm of its probability, at most 0
     */
    public record Entry(int token, double logProbability) {}

    /** Copies the list. */
    public LogProbabilities {
        top = List.copyOf(top);
    }

    /**
     * Computes them from raw logits.
     *
     * @param logits [V]
     * @param token the token that was chosen
     * @param top how many of the most likely tokens are wanted, at most {@link #MAX_TOP}
     * @return the log-probabilities
     * @throws IllegalArgumentException if {@code token} or {@code top} is out of range
     */
    public static LogProbabilities of(float[] logits, int token, int top) {
        if (token < 0 || token >= logits.length) {
            throw new IllegalArgumentException("token " + token + " is not among " + logits.length);
        }
        if (top < 0 || top > MAX_TOP) {
            throw new IllegalArgumentException("top must be between 0 and " + MAX_TOP + ", found " + top);
        }
        double total = logSumExp(logits);
        int[] best = best(logits, Math.min(top, logits.length));
        List<Entry> entries = new ArrayList<>(best.length);
        for (int id : best) {
            entries.add(new Entry(id, logits[id] - total));
        }
        return new LogProbabilities(new Entry(token, logits[token] - total), entries);
    }

    private static double logSumExp(float[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(sum);
    }

    private static int[] best(float[] logits, int count) {
        int[] best = new int[count];
        int filled = 0;
        for (int token = 0; token < logits.length && count > 0; token++) {
            if (filled == count && logits[token] <= logits[best[count - 1]]) {
                continue;
            }
            int at = filled < count ? filled++ : count - 1;
            while (at > 0 && logits[best[at - 1]] < logits[token]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = token;
        }
        return best;
    }
}
