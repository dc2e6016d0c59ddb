package dev.nemotron;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model may ask to have called. Declaring it here only tells the model of it; the caller runs it.
 *
 * @param name what the model calls it by: letters, digits, {@code _}, {@code -} and {@code .}, at most 64
 * @param description what it does, for the model
 * @param parameters the JSON Schema of its arguments, an object schema: maps, lists, strings, numbers, truth values and null
 * @param strict whether the arguments must be after the schema; calls of such a tool cannot come out otherwise
 */
public record Tool(
        String name, @Nullable String description, Map<String, ? extends @Nullable Object> parameters, boolean strict) {

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name has other characters, or none
     */
    public Tool {
        if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a tool's name has 1 to 64 letters, digits, '_', '-' and '.', found \"" + name + '"');
        }
        Objects.requireNonNull(parameters, "parameters");
    }
}
