package dev.nemotron.template;

import dev.nemotron.InvalidRequestException;
import dev.nemotron.ModelFormatException;
import dev.nemotron.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages as clients send them (the shape of OpenAI's chat API) into the form that a template was written for:
 *
 * <ul>
 *   <li>content that is null or missing becomes empty text, other keys that are null are left out;
 *   <li>content parts become text, joined by line breaks, where the template takes text only, and text becomes a part
 *       where it takes parts only;
 *   <li>the arguments of a call, given as JSON text, become an object unless the template takes the text as it is;
 *   <li>the role {@code developer} becomes {@code system} unless the template knows it;
 *   <li>reasoning is there under each of the names {@code reasoning_content}, {@code reasoning} and {@code thinking}.
 * </ul>
 *
 * Unknown keys pass through.
 *
 * @param capabilities what the template makes use of
 */
public record MessageForm(TemplateCapabilities capabilities) {

    /** The names that reasoning goes by, in the order in which they are looked at. */
    static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

    private static final String NEEDS_OBJECTS =
            "the chat template of this model needs the arguments of calls as objects; ";

    /**
     * Fits a conversation to the template. The given messages are not changed.
     *
     * @param messages the messages, each with at least a role
     * @return the messages for the template's variable {@code messages}
     * @throws InvalidRequestException if a message cannot be put into the form; the message says which and why
     */
    public List<Map<String, @Nullable Object>> fit(List<? extends Map<String, ? extends @Nullable Object>> messages) {
        List<Map<String, @Nullable Object>> fitted = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            fitted.add(fit(messages.get(i), "messages[" + i + "]"));
        }
        return fitted;
    }

    private Map<String, @Nullable Object> fit(Map<String, ? extends @Nullable Object> message, String place) {
        Map<String, @Nullable Object> fitted = new LinkedHashMap<>();
        message.forEach((key, value) -> {
            if (value != null) {
                fitted.put(key, value);
            }
        });
        if (!(fitted.get("role") instanceof String role)) {
            throw new InvalidRequestException(
                    place + ".role", "must be a string, found " + Json.describe(fitted.get("role")));
        }
        if (role.equals("developer") && !capabilities.developerRole()) {
            fitted.put("role", "system");
        }
        fitted.put("content", content(fitted.get("content"), place + ".content"));
        if (fitted.get("tool_calls") instanceof List<?> calls) {
            fitted.put("tool_calls", calls(calls, place + ".tool_calls"));
        }
        shareReasoning(fitted);
        return fitted;
    }

    private Object content(@Nullable Object content, String place) {
        boolean partsOnly = capabilities.partsOnly();
        return switch (content) {
            case null -> partsOnly ? List.of() : "";
            case String text -> partsOnly ? List.of(Map.of("type", "text", "text", text)) : text;
            case List<?> parts -> capabilities.textOnly() ? joined(parts, place) : parts;
            default ->
                throw new InvalidRequestException(
                        place, "must be a string, a list of parts or null, found " + Json.describe(content));
        };
    }

    private static String joined(List<?> parts, String place) {
        List<String> texts = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Object part = parts.get(i);
            if (part instanceof String text) {
                texts.add(text);
            } else if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                texts.add(text);
            } else {
                Object type = part instanceof Map<?, ?> map ? map.get("type") : part;
                throw new InvalidRequestException(
                        place + "[" + i + "]",
                        "is " + Json.describe(type) + ", but the chat template of this model takes text only");
            }
        }
        return String.join("\n", texts);
    }

    private List<Object> calls(List<?> calls, String place) {
        List<Object> fitted = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            if (!(calls.get(i) instanceof Map<?, ?> call)) {
                throw new InvalidRequestException(
                        place + "[" + i + "]", "must be an object, found " + Json.describe(calls.get(i)));
            }
            String here = place + "[" + i + "]";
            Map<Object, @Nullable Object> changed = new LinkedHashMap<>(call);
            if (call.get("function") instanceof Map<?, ?> function) {
                changed.put("function", withArguments(function, here + ".function"));
                fitted.add(changed);
            } else {
                fitted.add(withArguments(changed, here));
            }
        }
        return fitted;
    }

    private Map<?, ?> withArguments(Map<?, ?> function, String place) {
        Object arguments = function.get("arguments");
        if (arguments != null && (!(arguments instanceof String) || capabilities.textArguments())) {
            return function;
        }
        Map<Object, @Nullable Object> changed = new LinkedHashMap<>(function);
        changed.put("arguments", arguments instanceof String text ? parsed(text, place + ".arguments") : Map.of());
        return changed;
    }

    private static Object parsed(String text, String place) {
        if (text.isBlank()) {
            return Map.of();
        }
        try {
            Object value = Json.parse(text, "their text");
            if (value instanceof Map<?, ?>) {
                return Objects.requireNonNull(value);
            }
            throw new InvalidRequestException(place, NEEDS_OBJECTS + "they are " + Json.describe(value));
        } catch (ModelFormatException e) {
            throw new InvalidRequestException(place, NEEDS_OBJECTS + e.getMessage());
        }
    }

    private static void shareReasoning(Map<String, @Nullable Object> message) {
        for (String name : REASONING) {
            Object reasoning = message.get(name);
            if (reasoning != null) {
                REASONING.forEach(other -> message.putIfAbsent(other, reasoning));
                return;
            }
        }
    }
}
