package dev.nemotron.engine;

import dev.nemotron.Reasoning;
import dev.nemotron.output.AnswerFormat;
import dev.nemotron.sampling.Sampler;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the answer to a conversation needs. For one answer. */
final class ChatTurn {

    private final int[] prompt;
    private final AnswerFormat format;
    private final Reasoning.@Nullable Budget budget;
    private final boolean reasoningWanted;
    private final @Nullable String callOpener;
    private final @Nullable Binding binding;
    private final List<String> closers;

    /**
     * Collects what the answer needs.
     *
     * @param prompt the tokens of the conversation
     * @param format how the answer is read
     * @param budget the limit of the reasoning, or null
     * @param reasoningWanted whether an answer with an open beginning must begin with reasoning
     * @param callOpener what a call of a tool begins with, or null
     * @param binding when the grammar of the answer begins, or null for a free one
     * @param closers texts with which the answer ends, as part of it
     */
    ChatTurn(
            int[] prompt,
            AnswerFormat format,
            Reasoning.@Nullable Budget budget,
            boolean reasoningWanted,
            @Nullable String callOpener,
            @Nullable Binding binding,
            List<String> closers) {
        this.prompt = prompt;
        this.format = format;
        this.budget = budget;
        this.reasoningWanted = reasoningWanted;
        this.callOpener = callOpener;
        this.binding = binding;
        this.closers = closers;
    }

    /** The tokens of the conversation, not to be changed. */
    int[] prompt() {
        return prompt;
    }

    /** How the answer is read. */
    AnswerFormat format() {
        return format;
    }

    /** Texts with which the answer ends, as part of it. */
    List<String> closers() {
        return closers;
    }

    /** What decides which tokens come. */
    Steering steering(Sampler sampler, Tokenizer tokenizer) {
        ReasoningTracker tracker = format.reasoning() == null
                ? null
                : new ReasoningTracker(tokenizer, format.start(), reasoningWanted, budget, callOpener);
        return new Steering(sampler, tracker, binding);
    }
}
