package dev.nemotron;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How tokens are chosen. Immutable; every value is checked when the settings are made. The stages that are switched on
 * apply in this order: logit bias and bans, repetition penalty, frequency and presence penalty, {@link Dry},
 * top-n-sigma, temperature, top-k, top-p, min-p, typical, {@link Xtc}, the draw.
 *
 * @param temperature divides the logits; 0 chooses the most likely token, and the lowest id among equals
 * @param topK keeps that many of the most likely tokens; 0 for all
 * @param topP keeps the most likely tokens until their probabilities reach this sum, the one that crosses it included; 1
 *     for all
 * @param minP keeps tokens of at least this share of the highest probability; 0 for all
 * @param typicalP keeps the tokens whose information is closest to the entropy until their probabilities exceed this sum;
 *     1 for all
 * @param topNSigma keeps logits within so many standard deviations of the highest; 0 for all
 * @param repetitionPenalty divides positive and multiplies other logits of tokens of the prompt and the answer; 1 for none
 * @param frequencyPenalty is taken off a logit for each time the answer has the token
 * @param presencePenalty is taken off a logit if the answer has the token
 * @param logitBias is added to logits, by token id; negative infinity forbids the token
 * @param bannedTokens ids that are never chosen
 * @param minTokens how many tokens come before one that ends the answer may be chosen
 * @param dry the penalty on repeated sequences
 * @param xtc the exclusion of top choices
 * @param seed the draws' seed: equal settings and logits give equal tokens, whatever the number of threads and the other
 *     requests; empty draws anew each time
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double typicalP,
        double topNSigma,
        double repetitionPenalty,
        double frequencyPenalty,
        double presencePenalty,
        Map<Integer, Double> logitBias,
        Set<Integer> bannedTokens,
        int minTokens,
        Dry dry,
        Xtc xtc,
        OptionalLong seed) {

    /** Below this, temperature counts as 0. */
    public static final double GREEDY_BELOW = 1e-5;

    /** The most likely token each time, no penalties. */
    public static final Sampling GREEDY = builder().temperature(0).build();

    /**
     * The penalty on tokens that would prolong a repeated sequence: {@code multiplier * base^(length - allowedLength)} is
     * taken off the logit of a token that followed an earlier occurrence of the last {@code length} tokens.
     *
     * @param multiplier 0 for none
     * @param base at least 1
     * @param allowedLength repetitions shorter than this are free; at least 1
     * @param window how many of the last tokens are looked at; 0 for all
     * @param breakers token ids that no repetition reaches across
     */
    public record Dry(double multiplier, double base, int allowedLength, int window, Set<Integer> breakers) {

        /** No penalty. */
        public static final Dry OFF = new Dry(0, 1.75, 2, 64, Set.of());

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Dry {
            require(multiplier >= 0 && Double.isFinite(multiplier), "dry.multiplier", "0 or more", multiplier);
            require(base >= 1 && Double.isFinite(base), "dry.base", "1 or more", base);
            require(allowedLength >= 1, "dry.allowedLength", "1 or more", allowedLength);
            require(window >= 0, "dry.window", "0 or more", window);
            breakers = Set.copyOf(breakers);
        }
    }

    /**
     * Exclude top choices: at some steps, of the tokens above a threshold only the least likely stays.
     *
     * @param probability how often, 0 for never to 1 for each time
     * @param threshold the probability from which a token is a top choice; above 0.5 there can be no two of them
     */
    public record Xtc(double probability, double threshold) {

        /** Never. */
        public static final Xtc OFF = new Xtc(0, 0.1);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is not between 0 and 1
         */
        public Xtc {
            require(probability >= 0 && probability <= 1, "xtc.probability", "between 0 and 1", probability);
            require(threshold >= 0 && threshold <= 1, "xtc.threshold", "between 0 and 1", threshold);
        }
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of range; names it
     */
    public Sampling {
        require(temperature >= 0 && Double.isFinite(temperature), "temperature", "0 or more", temperature);
        require(topK >= 0, "topK", "0 or more", topK);
        require(topP > 0 && topP <= 1, "topP", "above 0 and at most 1", topP);
        require(minP >= 0 && minP <= 1, "minP", "between 0 and 1", minP);
        require(typicalP > 0 && typicalP <= 1, "typicalP", "above 0 and at most 1", typicalP);
        require(topNSigma >= 0 && Double.isFinite(topNSigma), "topNSigma", "0 or more", topNSigma);
        require(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "repetitionPenalty",
                "above 0",
                repetitionPenalty);
        require(Double.isFinite(frequencyPenalty), "frequencyPenalty", "finite", frequencyPenalty);
        require(Double.isFinite(presencePenalty), "presencePenalty", "finite", presencePenalty);
        require(minTokens >= 0, "minTokens", "0 or more", minTokens);
        logitBias.forEach((token, bias) -> {
            require(token >= 0, "logitBias", "of token ids, which are 0 or more", token);
            require(!Double.isNaN(bias) && bias < Double.POSITIVE_INFINITY, "logitBias", "a number", bias);
        });
        bannedTokens.forEach(token -> require(token >= 0, "bannedTokens", "token ids, which are 0 or more", token));
        logitBias = Map.copyOf(logitBias);
        bannedTokens = Set.copyOf(bannedTokens);
    }

    private static void require(boolean holds, String option, String expected, Number found) {
        if (!holds) {
            throw new IllegalArgumentException(option + " must be " + expected + ", found " + found);
        }
    }

    /**
     * Whether the most likely token is chosen each time.
     *
     * @return true if there is no draw
     */
    public boolean greedy() {
        return temperature < GREEDY_BELOW;
    }

    /**
     * Starts from temperature 1 and nothing else.
     *
     * @return a builder
     */
    public static SamplingBuilder builder() {
        return new SamplingBuilder();
    }

    /**
     * Starts from these settings.
     *
     * @return a builder
     */
    public SamplingBuilder toBuilder() {
        return new SamplingBuilder(this);
    }
}
