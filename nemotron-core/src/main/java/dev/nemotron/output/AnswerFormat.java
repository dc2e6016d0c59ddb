package dev.nemotron.output;

import dev.nemotron.Tool;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model writes an answer to one request.
 *
 * @param reasoning the marks around its reasoning, or null for a model without; {@link ToolFormat#HARMONY} has its own
 * @param start where the answer begins, of no meaning without marks
 * @param toolFormat how it writes calls
 * @param tools the tools that it may call; their schemas give the arguments their types
 * @param contentRequired whether the reasoning becomes the content of an answer that has neither content nor calls
 */
public record AnswerFormat(
        @Nullable ReasoningTags reasoning,
        ReasoningStart start,
        ToolFormat toolFormat,
        List<Tool> tools,
        boolean contentRequired) {

    /** Content and nothing else. */
    public static final AnswerFormat PLAIN =
            new AnswerFormat(null, ReasoningStart.BEHIND, ToolFormat.NONE, List.of(), false);

    /** Copies the list. */
    public AnswerFormat {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(toolFormat, "toolFormat");
        tools = List.copyOf(tools);
    }

    /**
     * The same with reasoning.
     *
     * @param tags the marks around it
     * @param where where the answer begins
     * @return a format
     */
    public AnswerFormat withReasoning(ReasoningTags tags, ReasoningStart where) {
        return new AnswerFormat(tags, where, toolFormat, tools, contentRequired);
    }

    /**
     * The same with tools.
     *
     * @param format how calls are written
     * @param declared the tools
     * @return a format
     */
    public AnswerFormat withTools(ToolFormat format, List<Tool> declared) {
        return new AnswerFormat(reasoning, start, format, declared, contentRequired);
    }

    /**
     * The same where an answer of reasoning alone counts as content.
     *
     * @return a format
     */
    public AnswerFormat withContentRequired() {
        return new AnswerFormat(reasoning, start, toolFormat, tools, true);
    }
}
