package dev.nemotron;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How tokens are drawn and when that ends.
 *
 * @param maxTokens the most tokens to generate, 1 or more
 * @param sampling gives the settings to draw with, from the model's own
 * @param stopStrings the answer ends before the first of these; none may be empty
 * @param stopTokens the answer ends with the first of these, beside the model's own end tokens
 * @param ignoreEndTokens whether to go on after the model's own end tokens
 * @param logProbabilities how many of the likeliest tokens to report with each generated one, from 0 to 20; −1 reports none,
 *     not even of the generated one
 */
public record Decoding(
        int maxTokens,
        UnaryOperator<Sampling> sampling,
        List<String> stopStrings,
        Set<Integer> stopTokens,
        boolean ignoreEndTokens,
        int logProbabilities) {

    /** How many tokens are generated when a request does not say. */
    public static final int DEFAULT_MAX_TOKENS = 2048;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a number is out of range or a stop string is empty
     */
    public Decoding {
        Objects.requireNonNull(sampling, "sampling");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be 1 or more, found " + maxTokens);
        }
        stopStrings = List.copyOf(stopStrings);
        if (stopStrings.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string is empty, so nothing could be generated");
        }
        stopTokens = Set.copyOf(stopTokens);
        if (logProbabilities < -1 || logProbabilities > 20) {
            throw new IllegalArgumentException("logProbabilities must be from -1 to 20, found " + logProbabilities);
        }
    }
}
