package dev.nemotron;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How the next token is drawn from the logits. Immutable. Applied in this order: logit bias, repetition penalty, frequency
 * and presence penalty, temperature, top-k, top-p, min-p, draw.
 *
 * @param temperature divides the logits; 0 takes the likeliest token, the lowest id among equals
 * @param topK keeps the k likeliest tokens; 0 keeps all
 * @param topP keeps the smallest set of likeliest tokens whose probabilities reach this sum; 1 keeps all
 * @param minP keeps tokens at least this fraction as likely as the likeliest; 0 keeps all
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens in prompt and answer; 1 changes nothing
 * @param frequencyPenalty subtracted once for each time a token was generated
 * @param presencePenalty subtracted once if a token was generated
 * @param logitBias added to the logits of single tokens
 * @param seed makes the draws repeatable; empty draws anew each time
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        double frequencyPenalty,
        double presencePenalty,
        Map<Integer, Double> logitBias,
        OptionalLong seed) {

    /** Takes the likeliest token every time. */
    public static final Sampling GREEDY = builder().temperature(0).build();

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range or not finite
     */
    public Sampling {
        require("temperature", temperature, temperature >= 0 && temperature <= 100, "from 0 to 100");
        require("topK", topK, topK >= 0, "0 or more");
        require("topP", topP, topP > 0 && topP <= 1, "above 0 and at most 1");
        require("minP", minP, minP >= 0 && minP < 1, "at least 0 and below 1");
        require("repetitionPenalty", repetitionPenalty, repetitionPenalty > 0 && repetitionPenalty <= 100, "above 0");
        require("frequencyPenalty", frequencyPenalty, Math.abs(frequencyPenalty) <= 100, "from -100 to 100");
        require("presencePenalty", presencePenalty, Math.abs(presencePenalty) <= 100, "from -100 to 100");
        logitBias = Map.copyOf(logitBias);
        logitBias.forEach((token, bias) -> {
            require("logitBias token", token, token >= 0, "a token id");
            require("logitBias", bias, !Double.isNaN(bias), "a number");
        });
        Objects.requireNonNull(seed, "seed");
    }

    private static void require(String name, double value, boolean valid, String range) {
        if (!valid) {
            throw new IllegalArgumentException(name + " must be " + range + ", found " + value);
        }
    }

    /**
     * Starts from plain sampling: temperature 1, nothing cut off.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts from these settings.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.temperature = temperature;
        builder.topK = topK;
        builder.topP = topP;
        builder.minP = minP;
        builder.repetitionPenalty = repetitionPenalty;
        builder.frequencyPenalty = frequencyPenalty;
        builder.presencePenalty = presencePenalty;
        builder.logitBias = logitBias;
        builder.seed = seed;
        return builder;
    }

    /** Collects settings. */
    public static final class Builder {
        private double temperature = 1;
        private int topK;
        private double topP = 1;
        private double minP;
        private double repetitionPenalty = 1;
        private double frequencyPenalty;
        private double presencePenalty;
        private Map<Integer, Double> logitBias = Map.of();
        private OptionalLong seed = OptionalLong.empty();

        private Builder() {}

        /**
         * Sets what the logits are divided by.
         *
         * @param value 1 by default, 0 for the likeliest token every time
         * @return this
         */
        public Builder temperature(double value) {
            temperature = value;
            return this;
        }

        /**
         * Keeps the likeliest tokens.
         *
         * @param value how many; 0, the default, keeps all
         * @return this
         */
        public Builder topK(int value) {
            topK = value;
            return this;
        }

        /**
         * Keeps the smallest set of likeliest tokens whose probabilities reach a sum.
         *
         * @param value the sum; 1, the default, keeps all
         * @return this
         */
        public Builder topP(double value) {
            topP = value;
            return this;
        }

        /**
         * Keeps tokens that are likely enough beside the likeliest.
         *
         * @param value the fraction of the highest probability; 0, the default, keeps all
         * @return this
         */
        public Builder minP(double value) {
            minP = value;
            return this;
        }

        /**
         * Makes tokens of prompt and answer less likely.
         *
         * @param value above 1 to discourage repetition; 1, the default, changes nothing
         * @return this
         */
        public Builder repetitionPenalty(double value) {
            repetitionPenalty = value;
            return this;
        }

        /**
         * Makes generated tokens less likely, more so the more often they came.
         *
         * @param value 0 by default
         * @return this
         */
        public Builder frequencyPenalty(double value) {
            frequencyPenalty = value;
            return this;
        }

        /**
         * Makes generated tokens less likely, however often they came.
         *
         * @param value 0 by default
         * @return this
         */
        public Builder presencePenalty(double value) {
            presencePenalty = value;
            return this;
        }

        /**
         * Makes single tokens more or less likely.
         *
         * @param value what is added to the logits, by token id; negative infinity forbids a token
         * @return this
         */
        public Builder logitBias(Map<Integer, Double> value) {
            logitBias = value;
            return this;
        }

        /**
         * Makes the draws repeatable, whatever the number of threads and the other requests.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /**
         * Makes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value is out of range
         */
        public Sampling build() {
            return new Sampling(
                    temperature,
                    topK,
                    topP,
                    minP,
                    repetitionPenalty,
                    frequencyPenalty,
                    presencePenalty,
                    logitBias,
                    seed);
        }
    }
}
