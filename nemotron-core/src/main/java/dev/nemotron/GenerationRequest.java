package dev.nemotron;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to generate. Immutable.
 *
 * @param prompt what to start from
 * @param maxTokens the most tokens to generate
 * @param sampling how tokens are drawn, or null for the model's own defaults
 * @param stopStrings the answer ends before the first of these
 * @param stopTokens the answer ends with one of these, besides the model's own end tokens
 * @param ignoreEndTokens whether the model's own end tokens are taken as ordinary ones
 * @param logProbabilities how many of the likeliest tokens to report for each generated one, with the generated one's own
 *     log-probability; −1 reports nothing
 */
public record GenerationRequest(
        Prompt prompt,
        int maxTokens,
        @Nullable Sampling sampling,
        List<String> stopStrings,
        Set<Integer> stopTokens,
        boolean ignoreEndTokens,
        int logProbabilities) {

    /** The most tokens that are generated when a request does not say. */
    public static final int DEFAULT_MAX_TOKENS = 2048;

    /**
     * Checks the request.
     *
     * @throws IllegalArgumentException if a number is out of range or a stop string is empty
     */
    public GenerationRequest {
        Objects.requireNonNull(prompt, "prompt");
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

    /**
     * Continues text.
     *
     * @param text the text
     * @return a builder
     */
    public static Builder text(String text) {
        return new Builder(new Prompt.Text(text));
    }

    /**
     * Continues token ids.
     *
     * @param ids the tokens
     * @return a builder
     */
    public static Builder tokens(List<Integer> ids) {
        return new Builder(new Prompt.Tokens(ids));
    }

    /**
     * Answers a conversation.
     *
     * @param messages the turns so far
     * @return a builder
     */
    public static Builder chat(List<ChatMessage> messages) {
        return new Builder(new Prompt.Chat(messages, Map.of()));
    }

    /** Collects what to generate. */
    public static final class Builder {
        private Prompt prompt;
        private int maxTokens = DEFAULT_MAX_TOKENS;
        private @Nullable Sampling sampling;
        private List<String> stopStrings = List.of();
        private Set<Integer> stopTokens = Set.of();
        private boolean ignoreEndTokens;
        private int logProbabilities = -1;

        private Builder(Prompt prompt) {
            this.prompt = prompt;
        }

        /**
         * Gives the chat template a variable, for example {@code enable_thinking}.
         *
         * @param name the variable's name in the template
         * @param value a string, number, truth value, list or map of these
         * @return this
         * @throws IllegalStateException if the prompt is not a conversation
         */
        public Builder templateVariable(String name, Object value) {
            if (!(prompt instanceof Prompt.Chat(List<ChatMessage> messages, Map<String, Object> variables))) {
                throw new IllegalStateException("only a conversation is rendered with a template");
            }
            Map<String, Object> extended = new java.util.HashMap<>(variables);
            extended.put(name, value);
            prompt = new Prompt.Chat(messages, extended);
            return this;
        }

        /**
         * Limits the answer.
         *
         * @param value the most tokens to generate; {@link #DEFAULT_MAX_TOKENS} by default
         * @return this
         */
        public Builder maxTokens(int value) {
            maxTokens = value;
            return this;
        }

        /**
         * Sets how tokens are drawn.
         *
         * @param value the settings; the model's own by default
         * @return this
         */
        public Builder sampling(@Nullable Sampling value) {
            sampling = value;
            return this;
        }

        /**
         * Ends the answer before a string.
         *
         * @param value the strings, of which the first to come counts
         * @return this
         */
        public Builder stopStrings(List<String> value) {
            stopStrings = value;
            return this;
        }

        /**
         * Ends the answer with a token.
         *
         * @param value the token ids
         * @return this
         */
        public Builder stopTokens(Set<Integer> value) {
            stopTokens = value;
            return this;
        }

        /**
         * Goes on after the model's own end tokens.
         *
         * @param value whether to; false by default
         * @return this
         */
        public Builder ignoreEndTokens(boolean value) {
            ignoreEndTokens = value;
            return this;
        }

        /**
         * Reports how likely the generated tokens were.
         *
         * @param value how many of the likeliest tokens to report besides, from 0 to 20; −1, the default, reports nothing
         * @return this
         */
        public Builder logProbabilities(int value) {
            logProbabilities = value;
            return this;
        }

        /**
         * Makes the request.
         *
         * @return the request
         * @throws IllegalArgumentException if a value is out of range
         */
        public GenerationRequest build() {
            return new GenerationRequest(
                    prompt, maxTokens, sampling, stopStrings, stopTokens, ignoreEndTokens, logProbabilities);
        }
    }
}
