package dev.nemotron;

import java.util.List;
import java.util.Objects;

/** What a generation starts from: text, token ids, or a conversation. */
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

    /**
     * A conversation to answer, rendered with the folder's own chat template.
     *
     * @param messages the turns so far, at least one
     * @param templateVariables what the template is given besides, for example {@code enable_thinking}
     */
    record Chat(List<ChatMessage> messages, java.util.Map<String, Object> templateVariables) implements Prompt {
        /**
         * Checks that there is something to answer.
         *
         * @throws IllegalArgumentException if there is no message
         */
        public Chat {
            messages = List.copyOf(messages);
            templateVariables = java.util.Map.copyOf(templateVariables);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("the conversation has no messages, at least one is needed");
            }
        }
    }
}
