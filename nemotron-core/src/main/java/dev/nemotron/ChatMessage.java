package dev.nemotron;

import dev.nemotron.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation, in the shape of OpenAI's chat API. Whatever keys a message has, the chat template sees them.
 * Immutable.
 */
public final class ChatMessage {

    /** The names that reasoning goes by, in the order in which they are looked at. */
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    private final Map<String, @Nullable Object> fields;

    private ChatMessage(Map<String, ? extends @Nullable Object> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(fields));
    }

    /**
     * A message with the keys of a JSON document.
     *
     * @param fields its keys: maps, lists, strings, numbers, truth values and null
     * @return a message
     * @throws InvalidRequestException if there is no role
     */
    public static ChatMessage of(Map<String, ? extends @Nullable Object> fields) {
        if (!(fields.get("role") instanceof String)) {
            throw new InvalidRequestException("role", "a message needs a role, such as \"user\"");
        }
        return new ChatMessage(fields);
    }

    /** A message as it is, even one that no template could understand. */
    static ChatMessage raw(Map<String, ? extends @Nullable Object> fields) {
        return new ChatMessage(fields);
    }

    private static ChatMessage of(String role, String content) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("role", role);
        fields.put("content", Objects.requireNonNull(content, "content"));
        return new ChatMessage(fields);
    }

    /**
     * Instructions for the model.
     *
     * @param content the instructions
     * @return a message
     */
    public static ChatMessage system(String content) {
        return of("system", content);
    }

    /**
     * A question or request.
     *
     * @param content the text
     * @return a message
     */
    public static ChatMessage user(String content) {
        return of("user", content);
    }

    /**
     * An answer that the model gave.
     *
     * @param content the text
     * @return a message
     */
    public static ChatMessage assistant(String content) {
        return of("assistant", content);
    }

    /**
     * An answer that the model gave.
     *
     * @param content the text, may be empty
     * @param reasoning what it thought before, or null
     * @param calls the calls that it asked for, may be none
     * @return a message
     */
    public static ChatMessage assistant(String content, @Nullable String reasoning, List<ToolCall> calls) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(of("assistant", content).fields);
        if (reasoning != null) {
            fields.put("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            fields.put("tool_calls", calls.stream().map(ChatMessage::entry).toList());
        }
        return new ChatMessage(fields);
    }

    /** A call as the API writes it. */
    static Map<String, Object> entry(ToolCall call) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", call.name());
        function.put("arguments", call.arguments());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", call.id());
        entry.put("type", "function");
        entry.put("function", function);
        return entry;
    }

    /**
     * What a tool returned.
     *
     * @param content the result, usually JSON
     * @return a message
     */
    public static ChatMessage tool(String content) {
        return of("tool", content);
    }

    /**
     * What a tool returned for a call. Templates know which result belongs to which call by their order alone.
     *
     * @param call the call
     * @param content the result, usually JSON
     * @return a message
     */
    public static ChatMessage tool(ToolCall call, String content) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(of("tool", content).fields);
        fields.put("name", call.name());
        fields.put("tool_call_id", call.id());
        return new ChatMessage(fields);
    }

    /**
     * All keys.
     *
     * @return the message as the chat template sees it, unmodifiable
     */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    /**
     * Who speaks.
     *
     * @return {@code system}, {@code user}, {@code assistant}, {@code tool}, or another word that the template knows
     */
    public String role() {
        return String.valueOf(fields.get("role"));
    }

    /**
     * What is said.
     *
     * @return the text; that of all parts, with line breaks between them, where the content is a list; empty where there is
     *     none
     */
    public String content() {
        return switch (fields.get("content")) {
            case null -> "";
            case List<?> parts -> {
                List<String> texts = new ArrayList<>();
                for (Object part : parts) {
                    if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                        texts.add(text);
                    }
                }
                yield String.join("\n", texts);
            }
            case Object text -> text.toString();
        };
    }

    /**
     * What the model thought before its answer.
     *
     * @return the reasoning, or null
     */
    public @Nullable String reasoning() {
        for (String name : REASONING) {
            if (fields.get(name) instanceof String text) {
                return text;
            }
        }
        return null;
    }

    /**
     * The same message without what the model thought.
     *
     * @return the changed message
     */
    public ChatMessage withoutReasoning() {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(fields);
        REASONING.forEach(rest::remove);
        return new ChatMessage(rest);
    }

    /**
     * The calls that the model asked for.
     *
     * @return the calls in their order, often none
     */
    public List<ToolCall> toolCalls() {
        List<ToolCall> calls = new ArrayList<>();
        if (fields.get("tool_calls") instanceof List<?> listed) {
            for (Object entry : listed) {
                if (entry instanceof Map<?, ?> call && call.get("function") instanceof Map<?, ?> function) {
                    calls.add(new ToolCall(
                            Objects.toString(call.get("id"), ""),
                            Objects.toString(function.get("name"), ""),
                            function.get("arguments") instanceof String text
                                    ? text
                                    : JsonWriter.write(function.get("arguments"))));
                }
            }
        }
        return calls;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChatMessage message && message.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
