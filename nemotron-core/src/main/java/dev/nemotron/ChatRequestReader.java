package dev.nemotron;

import dev.nemotron.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request to OpenAI's chat API: {@code messages, tools, tool_choice, parallel_tool_calls,
 * response_format, reasoning_effort, stop, max_tokens} (or {@code max_completion_tokens}), {@code logprobs, top_logprobs} and
 * what {@link SamplingFields} lists; and the additions of other servers: {@code chat_template_kwargs,
 * add_generation_prompt, continue_final_message, reasoning_budget} (or {@code thinking_token_budget}) with {@code
 * reasoning_grace}, {@code stop_token_ids, ignore_eos, guided_json, guided_regex, guided_choice, guided_grammar, grammar,
 * structured_outputs}. Other keys are ignored, as other servers do, except those whose meaning would be lost: {@code n} above
 * 1 and a {@code chat_template}.
 */
final class ChatRequestReader {

    private final boolean trusted;
    private final boolean raw;

    /** A reader; a trusted request may bring its own chat template, a raw one is rendered as it stands. */
    ChatRequestReader(boolean trusted, boolean raw) {
        this.trusted = trusted;
        this.raw = raw;
    }

    ChatRequest read(String json) {
        Object document;
        try {
            document = Json.parse(json.getBytes(StandardCharsets.UTF_8), "request");
        } catch (ModelFormatException e) {
            throw new InvalidRequestException("request", withoutSource("request", String.valueOf(e.getMessage())));
        }
        return read(RequestFields.of(document, ""));
    }

    private static String withoutSource(String source, String message) {
        return message.startsWith(source + ": ") ? message.substring(source.length() + 2) : message;
    }

    ChatRequest read(RequestFields body) {
        Long answers = body.integer("n", 1);
        if (answers != null && answers != 1) {
            throw new InvalidRequestException(
                    "n", "must be 1, found " + answers + "; send the request again for more answers");
        }
        ChatRequestBuilder request = ChatRequest.of(messages(body))
                .tools(raw ? List.of() : tools(body))
                .toolChoice(toolChoice(body))
                .parallelToolCalls(body.flag("parallel_tool_calls", true))
                .reasoning(reasoning(body))
                .outputFormat(outputFormat(body))
                .rendering(rendering(body));
        decoding(body, request);
        new SamplingFields(body).applyTo(request);
        return request.build();
    }

    private List<ChatMessage> messages(RequestFields body) {
        List<ChatMessage> messages = new ArrayList<>();
        for (RequestFields message : body.objects("messages")) {
            if (raw) {
                messages.add(ChatMessage.raw(message.json()));
                continue;
            }
            if (message.text("role") == null) {
                throw RequestFields.wrong(message.at("role"), "a string", null);
            }
            messages.add(ChatMessage.of(message.json()));
        }
        if (messages.isEmpty()) {
            throw new InvalidRequestException("messages", "there are none, at least one is needed");
        }
        return messages;
    }

    private static List<Tool> tools(RequestFields body) {
        List<Tool> tools = new ArrayList<>();
        for (RequestFields tool : body.objects("tools")) {
            tools.add(Tool.of(tool.json()));
        }
        return tools;
    }

    private static ToolChoice toolChoice(RequestFields body) {
        return switch (body.get("tool_choice")) {
            case null -> ToolChoice.auto();
            case String word when word.equals("auto") -> ToolChoice.auto();
            case String word when word.equals("none") -> ToolChoice.none();
            case String word when word.equals("required") -> ToolChoice.required();
            case Map<?, ?> choice -> {
                RequestFields fields = new RequestFields(choice, "tool_choice");
                RequestFields function = Objects.requireNonNullElse(fields.object("function"), fields);
                String name = function.text("name");
                if (name == null) {
                    throw RequestFields.wrong(function.at("name"), "a string", null);
                }
                yield ToolChoice.named(name);
            }
            case Object other ->
                throw RequestFields.wrong("tool_choice", "\"none\", \"auto\", \"required\" or an object", other);
        };
    }

    private static Reasoning reasoning(RequestFields body) {
        String effort = body.text("reasoning_effort");
        Reasoning reasoning = switch (effort) {
            case null -> Reasoning.DEFAULT;
            case "none" -> Reasoning.off();
            case "minimal", "low" -> Reasoning.effort(Reasoning.Effort.LOW);
            case "medium" -> Reasoning.effort(Reasoning.Effort.MEDIUM);
            case "high" -> Reasoning.on();
            default ->
                throw RequestFields.wrong(
                        "reasoning_effort", "\"none\", \"minimal\", \"low\", \"medium\" or \"high\"", effort);
        };
        Long budget = body.integer(body.spelling("reasoning_budget", "thinking_token_budget"), -1);
        if (budget == null || budget < 0) {
            return reasoning;
        }
        Long grace = body.integer("reasoning_grace", 0);
        return reasoning.withBudget(
                (int) Math.min(budget, Integer.MAX_VALUE),
                grace == null ? Reasoning.Budget.DEFAULT_GRACE : (int) Math.min(grace, Integer.MAX_VALUE));
    }

    private static @Nullable OutputFormat outputFormat(RequestFields body) {
        RequestFields format = body.object("response_format");
        String type = format == null ? null : format.text("type");
        if (format != null && !"text".equals(type)) {
            return switch (type) {
                case "json_object" -> OutputFormat.json();
                case "json_schema" -> {
                    RequestFields outer = Objects.requireNonNullElse(format.object("json_schema"), format);
                    yield schema(outer.get("schema"), outer.at("schema"));
                }
                case null, default ->
                    throw RequestFields.wrong(format.at("type"), "\"text\", \"json_object\" or \"json_schema\"", type);
            };
        }
        RequestFields structured = body.object("structured_outputs");
        RequestFields outputs = structured == null ? body : structured;
        String prefix = structured == null ? "guided_" : "";
        if (outputs.get(prefix + "json") != null) {
            return schema(outputs.get(prefix + "json"), outputs.at(prefix + "json"));
        }
        if (outputs.get(prefix + "choice") != null) {
            return new OutputFormat.Choice(outputs.texts(prefix + "choice"));
        }
        String regex = outputs.text(prefix + "regex");
        String grammar = outputs.text(outputs.spelling(prefix + "grammar", "grammar"));
        return regex != null ? OutputFormat.regex(regex) : grammar != null ? OutputFormat.grammar(grammar) : null;
    }

    private static OutputFormat schema(@Nullable Object schema, String path) {
        Object value = schema;
        if (schema instanceof String text) {
            try {
                value = Json.parse(text, path);
            } catch (ModelFormatException e) {
                throw new InvalidRequestException(path, withoutSource(path, String.valueOf(e.getMessage())));
            }
        }
        return new OutputFormat.JsonSchema(RequestFields.of(value, path).json());
    }

    private Rendering rendering(RequestFields body) {
        RequestFields kwargs = body.object("chat_template_kwargs");
        String template = body.text("chat_template");
        if (template != null && !trusted) {
            throw new InvalidRequestException(
                    "chat_template", "is refused: a template is a program, and a request may come from anywhere");
        }
        String continued = body.get("continue_final_message") instanceof String field
                ? field
                : body.flag("continue_final_message", false) ? "content" : null;
        Map<String, @Nullable Object> variables = new HashMap<>();
        if (kwargs != null) {
            variables.putAll(kwargs.json());
        }
        if (body.get("tools") instanceof List<?> tools && (raw || tools.isEmpty())) {
            variables.put("tools", tools); // to a template an empty list is not the same as none
        }
        if (body.get("documents") != null) {
            variables.put("documents", body.list("documents"));
        }
        return new Rendering(
                variables,
                body.flag("add_generation_prompt", continued == null),
                continued,
                template,
                raw,
                false,
                Clock.system(ZoneId.systemDefault()));
    }

    private static void decoding(RequestFields body, ChatRequestBuilder request) {
        Long maxTokens = body.integer(body.spelling("max_completion_tokens", "max_tokens"), 1);
        if (maxTokens != null) {
            request.maxTokens((int) Math.min(maxTokens, Integer.MAX_VALUE));
        }
        List<String> stops = body.texts("stop");
        if (stops.contains("")) {
            throw new InvalidRequestException("stop", "an empty stop string would allow no text at all");
        }
        request.stopStrings(stops);
        Set<Integer> tokens = new HashSet<>();
        for (Object token : body.list("stop_token_ids")) {
            if (!(token instanceof Long id) || id < 0 || id > Integer.MAX_VALUE) {
                throw RequestFields.wrong("stop_token_ids", "a list of token ids", token);
            }
            tokens.add(id.intValue());
        }
        request.stopTokens(tokens).ignoreEndTokens(body.flag("ignore_eos", false));
        Long top = body.integer("top_logprobs", 0);
        if (top != null && top > 20) {
            throw RequestFields.wrong("top_logprobs", "an integer from 0 to 20", top);
        }
        if (body.flag("logprobs", false)) {
            request.logProbabilities(top == null ? 0 : top.intValue());
        }
    }
}
