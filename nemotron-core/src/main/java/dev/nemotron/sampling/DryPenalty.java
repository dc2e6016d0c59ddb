package dev.nemotron.sampling;

import dev.nemotron.Sampling.Dry;
import java.util.Arrays;

/**
 * The penalty on tokens that would prolong a repetition ("don't repeat yourself"). The lengths of all repeats of the
 * sequence's end come from one pass of the Z-algorithm over the reversed window.
 */
final class DryPenalty {

    /** Beyond this logarithm a penalty would leave the range of floats. */
    private static final double LOG_FLOAT_MAX = 88.72283;

    private final Dry dry;
    private final int[] breakers;
    private int[] matches = new int[64];
    private int[] tokens = new int[64];
    private int[] lengths = new int[64];

    DryPenalty(Dry dry) {
        this.dry = dry;
        this.breakers =
                dry.breakers().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    void apply(float[] logits, TokenHistory history) {
        int window = dry.window() == 0 ? history.length() : Math.min(dry.window(), history.length());
        int limit = reach(history, window);
        if (limit < dry.allowedLength()) {
            return;
        }
        reserve(window);
        matchEnds(history, window);
        int found = longestPerToken(history, window, limit);
        double highest = dry.base() > 1 ? LOG_FLOAT_MAX / Math.log(dry.base()) : Double.POSITIVE_INFINITY;
        for (int i = 0; i < found; i++) {
            if (tokens[i] < logits.length && !breaks(tokens[i])) {
                double exponent = Math.min(highest, lengths[i] - dry.allowedLength());
                logits[tokens[i]] -= (float) (dry.multiplier() * Math.pow(dry.base(), exponent));
            }
        }
    }

    /** How many tokens lie behind the last breaker of the window. */
    private int reach(TokenHistory history, int window) {
        int reach = 0;
        while (reach < window && !breaks(token(history, reach))) {
            reach++;
        }
        return reach;
    }

    private boolean breaks(int token) {
        return Arrays.binarySearch(breakers, token) >= 0;
    }

    /** The token that lies {@code back} positions before the last one. */
    private static int token(TokenHistory history, int back) {
        return history.token(history.length() - 1 - back);
    }

    private void reserve(int window) {
        if (matches.length < window) {
            int size = Math.max(window, 2 * matches.length);
            matches = new int[size];
            tokens = new int[size];
            lengths = new int[size];
        }
    }

    /** matches[i]: how many tokens up to the one i positions back equal the last ones. */
    private void matchEnds(TokenHistory history, int window) {
        Arrays.fill(matches, 0, window, 0);
        int left = 0;
        int right = 0;
        for (int i = 1; i < window; i++) {
            int length = i < right ? Math.min(right - i, matches[i - left]) : 0;
            while (i + length < window && token(history, length) == token(history, i + length)) {
                length++;
            }
            matches[i] = length;
            if (i + length > right) {
                left = i;
                right = i + length;
            }
        }
    }

    /** Fills tokens and lengths with each token that followed a repeat, and the longest such repeat. */
    private int longestPerToken(TokenHistory history, int window, int limit) {
        int found = 0;
        for (int i = 1; i < window; i++) {
            int length = Math.min(matches[i], limit);
            if (length < dry.allowedLength()) {
                continue;
            }
            int next = token(history, i - 1);
            int at = 0;
            while (at < found && tokens[at] != next) {
                at++;
            }
            if (at == found) {
                tokens[found] = next;
                lengths[found++] = length;
            } else {
                lengths[at] = Math.max(lengths[at], length);
            }
        }
        return found;
    }
}
