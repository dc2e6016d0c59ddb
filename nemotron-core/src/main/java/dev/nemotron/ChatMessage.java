package dev.nemotron;

import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said
 */
public record ChatMessage(Role role, String content) {

    /** Checks that nothing is null. */
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /**
     * Instructions for the model.
     *
     * @param content the instructions
     * @return a message
     */
    public static ChatMessage system(String content) {
        return new ChatMessage(Role.SYSTEM, content);
    }

    /**
     * A question or request.
     *
     * @param content the text
     * @return a message
     */
    public static ChatMessage user(String content) {
        return new ChatMessage(Role.USER, content);
    }

    /**
     * An answer that the model gave.
     *
     * @param content the text
     * @return a message
     */
    public static ChatMessage assistant(String content) {
        return new ChatMessage(Role.ASSISTANT, content);
    }

    /**
     * What a tool returned.
     *
     * @param content the result, usually JSON
     * @return a message
     */
    public static ChatMessage tool(String content) {
        return new ChatMessage(Role.TOOL, content);
    }
}
