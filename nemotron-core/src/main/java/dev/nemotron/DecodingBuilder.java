package dev.nemotron;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Collects how tokens are drawn and when that ends; the part that all builders of requests share.
 *
 * @param <B> the builder
 */
public abstract sealed class DecodingBuilder<B extends DecodingBuilder<B>>
        permits GenerationRequest.Builder, ChatRequestBuilder {

    private int maxTokens = Decoding.DEFAULT_MAX_TOKENS;
    private UnaryOperator<Sampling> sampling = UnaryOperator.identity();
    private List<String> stopStrings = List.of();
    private Set<Integer> stopTokens = Set.of();
    private boolean ignoreEndTokens;
    private int logProbabilities = -1;

    DecodingBuilder() {}

    abstract B self();

    /**
     * Takes all settings over.
     *
     * @param value the settings
     * @return this
     */
    public B decoding(Decoding value) {
        maxTokens = value.maxTokens();
        sampling = value.sampling();
        stopStrings = value.stopStrings();
        stopTokens = value.stopTokens();
        ignoreEndTokens = value.ignoreEndTokens();
        logProbabilities = value.logProbabilities();
        return self();
    }

    /**
     * Limits the answer.
     *
     * @param value the most tokens to generate, reasoning included; {@link Decoding#DEFAULT_MAX_TOKENS} by default
     * @return this
     */
    public B maxTokens(int value) {
        maxTokens = value;
        return self();
    }

    /**
     * Sets how tokens are drawn.
     *
     * @param value the settings; the model's own by default
     * @return this
     */
    public B sampling(Sampling value) {
        sampling = ignored -> value;
        return self();
    }

    /**
     * Changes how tokens are drawn, and leaves the rest as the model has it.
     *
     * @param change is given the model's own settings, and what earlier calls made of them
     * @return this
     */
    public B adjustSampling(UnaryOperator<SamplingBuilder> change) {
        UnaryOperator<Sampling> before = sampling;
        sampling = settings -> change.apply(before.apply(settings).toBuilder()).build();
        return self();
    }

    /**
     * Ends the answer before a string.
     *
     * @param value the strings, of which the first to come counts
     * @return this
     */
    public B stopStrings(List<String> value) {
        stopStrings = value;
        return self();
    }

    /**
     * Ends the answer with a token.
     *
     * @param value the token ids
     * @return this
     */
    public B stopTokens(Set<Integer> value) {
        stopTokens = value;
        return self();
    }

    /**
     * Goes on after the model's own end tokens.
     *
     * @param value whether to; false by default
     * @return this
     */
    public B ignoreEndTokens(boolean value) {
        ignoreEndTokens = value;
        return self();
    }

    /**
     * Reports how likely the generated tokens were.
     *
     * @param value how many of the likeliest tokens to report besides, from 0 to 20; −1, the default, reports nothing
     * @return this
     */
    public B logProbabilities(int value) {
        logProbabilities = value;
        return self();
    }

    Decoding toDecoding() {
        return new Decoding(maxTokens, sampling, stopStrings, stopTokens, ignoreEndTokens, logProbabilities);
    }
}
