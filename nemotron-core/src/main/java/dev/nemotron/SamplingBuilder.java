package dev.nemotron;

import dev.nemotron.Sampling.Dry;
import dev.nemotron.Sampling.Xtc;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Collects the settings of a {@link Sampling}; not for several threads at once. */
public final class SamplingBuilder {

    private double temperature = 1;
    private int topK = 0;
    private double topP = 1;
    private double minP = 0;
    private double typicalP = 1;
    private double topNSigma = 0;
    private double repetitionPenalty = 1;
    private double frequencyPenalty = 0;
    private double presencePenalty = 0;
    private Map<Integer, Double> logitBias = Map.of();
    private Set<Integer> bannedTokens = Set.of();
    private int minTokens = 0;
    private Dry dry = Dry.OFF;
    private Xtc xtc = Xtc.OFF;
    private OptionalLong seed = OptionalLong.empty();

    SamplingBuilder() {}

    SamplingBuilder(Sampling from) {
        temperature = from.temperature();
        topK = from.topK();
        topP = from.topP();
        minP = from.minP();
        typicalP = from.typicalP();
        topNSigma = from.topNSigma();
        repetitionPenalty = from.repetitionPenalty();
        frequencyPenalty = from.frequencyPenalty();
        presencePenalty = from.presencePenalty();
        logitBias = from.logitBias();
        bannedTokens = from.bannedTokens();
        minTokens = from.minTokens();
        dry = from.dry();
        xtc = from.xtc();
        seed = from.seed();
    }

    /**
     * Sets {@link Sampling#temperature}.
     *
     * @param value the temperature
     * @return this builder
     */
    public SamplingBuilder temperature(double value) {
        temperature = value;
        return this;
    }

    /**
     * Sets {@link Sampling#topK}.
     *
     * @param value how many tokens stay
     * @return this builder
     */
    public SamplingBuilder topK(int value) {
        topK = value;
        return this;
    }

    /**
     * Sets {@link Sampling#topP}.
     *
     * @param value the sum of probabilities that stays
     * @return this builder
     */
    public SamplingBuilder topP(double value) {
        topP = value;
        return this;
    }

    /**
     * Sets {@link Sampling#minP}.
     *
     * @param value the share of the highest probability
     * @return this builder
     */
    public SamplingBuilder minP(double value) {
        minP = value;
        return this;
    }

    /**
     * Sets {@link Sampling#typicalP}.
     *
     * @param value the sum of probabilities that stays
     * @return this builder
     */
    public SamplingBuilder typicalP(double value) {
        typicalP = value;
        return this;
    }

    /**
     * Sets {@link Sampling#topNSigma}.
     *
     * @param value the number of standard deviations
     * @return this builder
     */
    public SamplingBuilder topNSigma(double value) {
        topNSigma = value;
        return this;
    }

    /**
     * Sets {@link Sampling#repetitionPenalty}.
     *
     * @param value the penalty
     * @return this builder
     */
    public SamplingBuilder repetitionPenalty(double value) {
        repetitionPenalty = value;
        return this;
    }

    /**
     * Sets {@link Sampling#frequencyPenalty}.
     *
     * @param value the penalty
     * @return this builder
     */
    public SamplingBuilder frequencyPenalty(double value) {
        frequencyPenalty = value;
        return this;
    }

    /**
     * Sets {@link Sampling#presencePenalty}.
     *
     * @param value the penalty
     * @return this builder
     */
    public SamplingBuilder presencePenalty(double value) {
        presencePenalty = value;
        return this;
    }

    /**
     * Sets {@link Sampling#logitBias}.
     *
     * @param value the biases by token id
     * @return this builder
     */
    public SamplingBuilder logitBias(Map<Integer, Double> value) {
        logitBias = value;
        return this;
    }

    /**
     * Sets {@link Sampling#bannedTokens}.
     *
     * @param value the token ids
     * @return this builder
     */
    public SamplingBuilder bannedTokens(Set<Integer> value) {
        bannedTokens = value;
        return this;
    }

    /**
     * Sets {@link Sampling#minTokens}.
     *
     * @param value how many tokens
     * @return this builder
     */
    public SamplingBuilder minTokens(int value) {
        minTokens = value;
        return this;
    }

    /**
     * Sets {@link Sampling#dry}.
     *
     * @param value the penalty
     * @return this builder
     */
    public SamplingBuilder dry(Dry value) {
        dry = value;
        return this;
    }

    /**
     * Sets {@link Sampling#xtc}.
     *
     * @param value the exclusion
     * @return this builder
     */
    public SamplingBuilder xtc(Xtc value) {
        xtc = value;
        return this;
    }

    /**
     * Sets {@link Sampling#seed}.
     *
     * @param value the seed
     * @return this builder
     */
    public SamplingBuilder seed(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    /**
     * Makes the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if one is out of range; names it
     */
    public Sampling build() {
        return new Sampling(
                temperature,
                topK,
                topP,
                minP,
                typicalP,
                topNSigma,
                repetitionPenalty,
                frequencyPenalty,
                presencePenalty,
                logitBias,
                bannedTokens,
                minTokens,
                dry,
                xtc,
                seed);
    }
}
