package dev.nemotron;

import java.util.List;
import java.util.Objects;

/**
 * What to generate: a prompt that is text or tokens, and how to draw what follows. For conversations see {@link ChatRequest}.
 *
 * {@snippet lang = java:
 * GenerationRequest request = GenerationRequest.text("The three laws of robotics are:")
 *         .maxTokens(200)
 *         .stopStrings(List.of("\n\n"))
 *         .build();
 * }
 *
 * @param prompt what to start from
 * @param decoding how tokens are drawn and when that ends
 */
public record GenerationRequest(Prompt prompt, Decoding decoding) {

    /** Checks that nothing is null. */
    public GenerationRequest {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(decoding, "decoding");
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

    /** Collects what to generate. */
    public static final class Builder extends DecodingBuilder<Builder> {

        private final Prompt prompt;

        private Builder(Prompt prompt) {
            this.prompt = prompt;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the request.
         *
         * @return the request
         * @throws IllegalArgumentException if a value is out of range
         */
        public GenerationRequest build() {
            return new GenerationRequest(prompt, toDecoding());
        }
    }
}
