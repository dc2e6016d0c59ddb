package dev.nemotron;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model may ask to have called. Declaring it only tells the model of it; the caller runs it, see
 * {@link ToolLoop}. Immutable.
 */
public final class Tool {

    private final Map<String, @Nullable Object> definition;

    private Tool(Map<String, @Nullable Object> definition) {
        this.definition = Collections.unmodifiableMap(definition);
    }

    /**
     * Declares a function.
     *
     * @param name what the model calls it by: letters, digits, {@code _}, {@code -} and {@code .}, at most 64
     * @param description what it does, for the model
     * @param parameters the JSON Schema of its arguments, an object schema: maps, lists, strings, numbers, truth values, null
     * @param strict whether the arguments must be after the schema; calls of such a tool cannot come out otherwise
     * @throws InvalidRequestException if the name has other characters, or none
     */
    public Tool(
            String name,
            @Nullable String description,
            Map<String, ? extends @Nullable Object> parameters,
            boolean strict) {
        this(definition(name, description, parameters, strict));
    }

    private static Map<String, @Nullable Object> definition(
            String name,
            @Nullable String description,
            Map<String, ? extends @Nullable Object> parameters,
            boolean strict) {
        if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new InvalidRequestException(
                    "tools", "a name has 1 to 64 letters, digits, '_', '-' and '.', found \"" + name + '"');
        }
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", name);
        if (description != null) {
            function.put("description", description);
        }
        function.put("parameters", parameters);
        if (strict) {
            function.put("strict", true);
        }
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("type", "function");
        definition.put("function", function);
        return definition;
    }

    /**
     * A function that the model may call with any arguments that fit.
     *
     * @param name what the model calls it by
     * @param description what it does, for the model
     * @param parameters the JSON Schema of its arguments
     * @return the tool
     * @throws InvalidRequestException if the name is not one
     */
    public static Tool of(String name, String description, Map<String, ? extends @Nullable Object> parameters) {
        return new Tool(name, description, parameters, false);
    }

    /**
     * A function as OpenAI's chat API declares it. The chat template sees all its keys.
     *
     * @param definition {@code {"type": "function", "function": {"name": ...}}}, or the inner object alone
     * @return the tool
     * @throws InvalidRequestException if there is no name, or the parameters are not an object
     */
    public static Tool of(Map<String, ? extends @Nullable Object> definition) {
        Tool tool = new Tool(new LinkedHashMap<>(definition));
        if (!(tool.function().get("name") instanceof String name) || name.isEmpty()) {
            throw new InvalidRequestException("tools", "a tool needs a name");
        }
        Object parameters = tool.function().get("parameters");
        if (parameters != null && !(parameters instanceof Map<?, ?>)) {
            throw new InvalidRequestException(
                    "tools", "the parameters of " + name + " must be a JSON Schema, an object");
        }
        return tool;
    }

    private Map<?, ?> function() {
        return definition.get("function") instanceof Map<?, ?> function ? function : definition;
    }

    /**
     * What the model calls it by.
     *
     * @return the name
     */
    public String name() {
        return String.valueOf(function().get("name"));
    }

    /**
     * What it does.
     *
     * @return the description, or null
     */
    public @Nullable String description() {
        return function().get("description") instanceof String text ? text : null;
    }

    /**
     * The JSON Schema of its arguments.
     *
     * @return an object schema; without properties where none was given
     */
    public Map<String, ? extends @Nullable Object> parameters() {
        @SuppressWarnings("unchecked") // JSON has no other keys
        Map<String, @Nullable Object> parameters =
                function().get("parameters") instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
        return parameters;
    }

    /**
     * Whether the arguments must be after the schema.
     *
     * @return whether calls cannot come out otherwise
     */
    public boolean strict() {
        return Boolean.TRUE.equals(function().get("strict"));
    }

    /**
     * The whole declaration.
     *
     * @return the tool as the chat template sees it, unmodifiable
     */
    public Map<String, @Nullable Object> definition() {
        return definition;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tool tool && tool.definition.equals(definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
