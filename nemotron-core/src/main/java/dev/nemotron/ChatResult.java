package dev.nemotron;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a conversation.
 *
 * @param message the answer as the next turn of the conversation: content, reasoning and calls
 * @param finishReason why it ended
 * @param reasoningTruncated whether the budget ended the reasoning
 * @param remarks what looks wrong in the answer, for a log: a call of an unknown tool, a missing argument, a call that could
 *     not be read and is therefore content
 * @param generation the tokens behind it: all of them, with timings and, if asked for, log-probabilities
 */
public record ChatResult(
        ChatMessage message,
        FinishReason finishReason,
        boolean reasoningTruncated,
        List<String> remarks,
        GenerationResult generation) {

    /** Copies the remarks. */
    public ChatResult {
        remarks = List.copyOf(remarks);
    }

    /**
     * What the model says.
     *
     * @return the answer without reasoning and calls, may be empty
     */
    public String text() {
        return message.content();
    }

    /**
     * What it thought before.
     *
     * @return the reasoning, or null
     */
    public @Nullable String reasoning() {
        return message.reasoning();
    }

    /**
     * The calls that it asks for.
     *
     * @return the calls in their order, often none
     */
    public List<ToolCall> toolCalls() {
        return message.toolCalls();
    }

    /**
     * The tokens.
     *
     * @return how many there were
     */
    public Usage usage() {
        return generation.usage();
    }

    /**
     * The time.
     *
     * @return how long it took
     */
    public Timings timings() {
        return generation.timings();
    }
}
