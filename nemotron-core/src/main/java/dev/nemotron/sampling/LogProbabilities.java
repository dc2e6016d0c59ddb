package dev.nemotron.sampling;

import dev.nemotron.TokenLogProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** How likely tokens are by the raw logits. */
public final class LogProbabilities {

    private LogProbabilities() {}

    /**
     * Reports on one token.
     *
     * @param logits the raw scores, [V]
     * @param token the token that was drawn
     * @param likeliest how many of the likeliest tokens to report besides
     * @param text gives the text of a token
     * @return natural logarithms of the probabilities
     */
    public static TokenLogProbability of(float[] logits, int token, int likeliest, IntFunction<String> text) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - max);
        }
        double normaliser = max + Math.log(sum);
        List<TokenLogProbability> top = new ArrayList<>(likeliest);
        if (likeliest > 0) {
            Candidates candidates = new Candidates();
            candidates.select(logits, max, 1, likeliest, Double.POSITIVE_INFINITY);
            for (int i = 0; i < candidates.count(); i++) {
                top.add(single(logits, candidates.token(i), normaliser, List.of(), text));
            }
        }
        return single(logits, token, normaliser, top, text);
    }

    private static TokenLogProbability single(
            float[] logits, int token, double normaliser, List<TokenLogProbability> top, IntFunction<String> text) {
        return new TokenLogProbability(token, text.apply(token), logits[token] - normaliser, top);
    }
}
