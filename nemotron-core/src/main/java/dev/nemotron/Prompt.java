package dev.nemotron;

import java.util.List;
import java.util.Objects;

/** What a generation starts from: text or token ids. */
public sealed interface Prompt {

    /**
     * Text to continue, encoded with the tokens that the tokenizer adds by itself.
     *
     * @param text the text
     */
    record Text(String text) implements Prompt {
        /** Checks that the text is there. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * Token ids, taken as they are.
     *
     * @param ids at least one token id
     */
    record Tokens(List<Integer> ids) implements Prompt {
        /**
         * Checks that there is something to continue.
         *
         * @throws IllegalArgumentException if there is no token
         */
        public Tokens {
            ids = List.copyOf(ids);
            if (ids.isEmpty()) {
                throw new IllegalArgumentException("the prompt has no tokens, at least one is needed");
            }
        }
    }
}
