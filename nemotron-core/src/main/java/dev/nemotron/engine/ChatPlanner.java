package dev.nemotron.engine;

import dev.nemotron.ChatRequest;
import dev.nemotron.InvalidRequestException;
import dev.nemotron.OutputFormat;
import dev.nemotron.Reasoning;
import dev.nemotron.Tool;
import dev.nemotron.ToolChoice;
import dev.nemotron.grammar.Grammar;
import dev.nemotron.grammar.Matcher;
import dev.nemotron.grammar.TokenTrie;
import dev.nemotron.output.AnswerFormat;
import dev.nemotron.output.ReasoningStart;
import dev.nemotron.output.ReasoningTags;
import dev.nemotron.output.ToolFormat;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Works out what the answer to a conversation needs: its prompt, what it is bound to, and how it is read. Thread-safe. */
final class ChatPlanner {

    private final TextSide text;
    private final GrammarCache grammars;

    ChatPlanner(TextSide text) {
        this.text = text;
        this.grammars = new GrammarCache(() -> TokenTrie.of(text.requireTokenizer("a bound answer")));
    }

    /**
     * Plans an answer.
     *
     * @param request the conversation
     * @param endTokens the tokens that end an answer
     * @return the plan
     * @throws InvalidRequestException if the request asks for what this model cannot do
     */
    ChatTurn plan(ChatRequest request, int[] endTokens) {
        if (request.messages().isEmpty()) {
            throw new InvalidRequestException("messages", "there are none, at least one is needed");
        }
        ChatPrompts prompts = text.prompts();
        RenderedPrompt prompt = prompts.render(request);
        return plan(request, text.encode(prompt), prompt.start(), endTokens);
    }

    /** Plans an answer whose prompt is known already. */
    ChatTurn plan(ChatRequest request, int[] prompt, ReasoningStart start, int[] endTokens) {
        ChatPrompts prompts = text.prompts();
        String source = prompts.source(request);
        boolean tools = !request.tools().isEmpty() && request.toolChoice().mode() != ToolChoice.Mode.NONE;
        if (tools) {
            prompts.requireTools(request);
        }
        ToolFormat known = ToolFormat.detect(source);
        ToolFormat format = tools || known == ToolFormat.HARMONY ? known : ToolFormat.NONE;
        boolean reasons = source.contains(ReasoningTags.THINK.close()) || start == ReasoningStart.INSIDE;
        AnswerFormat answer = new AnswerFormat(
                reasons ? ReasoningTags.THINK : null, start, format, tools ? request.tools() : List.of(), false);
        Binding binding = binding(request, format, tools, endTokens);
        Reasoning reasoning = request.reasoning();
        boolean wanted = binding != null && (reasoning.budget() != null || reasoning.mode() == Reasoning.Mode.ON);
        return new ChatTurn(
                prompt,
                answer,
                reasoning.budget(),
                wanted,
                tools ? enclosing(format) : null,
                binding,
                closers(request, format, tools));
    }

    private static List<String> closers(ChatRequest request, ToolFormat format, boolean tools) {
        String closer = format.closer();
        return tools && closer != null && !request.parallelToolCalls() ? List.of(closer) : List.of();
    }

    private @Nullable Binding binding(ChatRequest request, ToolFormat format, boolean tools, int[] endTokens) {
        Tokenizer tokenizer = text.requireTokenizer("a conversation");
        OutputFormat wanted = request.outputFormat();
        if (tools && request.toolChoice().mode() == ToolChoice.Mode.REQUIRED) {
            requireBindable(format);
            Grammar grammar = calls(format, callable(request), request.parallelToolCalls(), false);
            return Binding.ofAnswer(matchers(grammar, endTokens), tokenizer, text.spaceTokens());
        }
        if (wanted != null) {
            if (tools) {
                throw new InvalidRequestException(
                        "response_format",
                        "does not go with tools that the model may call; set tool_choice to \"none\"");
            }
            Grammar grammar = compiled("response_format", () -> grammars.of(wanted));
            return Binding.ofAnswer(matchers(grammar, endTokens), tokenizer, text.spaceTokens());
        }
        String opener = enclosing(format);
        if (tools && opener != null && request.tools().stream().anyMatch(Tool::strict)) {
            Grammar grammar = calls(format, request.tools(), request.parallelToolCalls(), true);
            return Binding.ofCall(matchers(grammar, endTokens), opener, tokenizer);
        }
        return null;
    }

    /** The mark before every call, or null in formats whose calls may come without one. */
    private static @Nullable String enclosing(ToolFormat format) {
        return format.closer() == null ? null : format.opener();
    }

    private static void requireBindable(ToolFormat format) {
        if (format.opener() == null) {
            throw new InvalidRequestException(
                    "tool_choice",
                    "a call cannot be required of this model: the way in which it writes calls "
                            + (format == ToolFormat.NONE ? "is not known" : "(harmony) cannot be bound yet"));
        }
    }

    private Grammar calls(ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener) {
        return compiled("tools", () -> grammars.ofCalls(format, tools, several, behindOpener));
    }

    /** A form that cannot be compiled is a fault of the request. */
    private static Grammar compiled(String parameter, Supplier<Grammar> grammar) {
        try {
            return grammar.get();
        } catch (IllegalArgumentException unfit) {
            throw new InvalidRequestException(parameter, String.valueOf(unfit.getMessage()));
        }
    }

    private static List<Tool> callable(ChatRequest request) {
        String name = request.toolChoice().name();
        return name == null
                ? request.tools()
                : request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList();
    }

    private static Supplier<Matcher> matchers(Grammar grammar, int[] endTokens) {
        return () -> grammar.matcher(endTokens);
    }
}
