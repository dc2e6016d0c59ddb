package dev.nemotron;

import java.util.Objects;

/**
 * A call that the model asks for.
 *
 * @param id tells calls apart within a conversation, for example {@code call_7Gq0...}
 * @param name the name of the tool
 * @param arguments the arguments, the text of a JSON object
 */
public record ToolCall(String id, String name, String arguments) {

    /** Checks that nothing is null. */
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
    }
}
