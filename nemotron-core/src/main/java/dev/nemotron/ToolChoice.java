package dev.nemotron;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model may call tools.
 *
 * @param mode whether it may
 * @param name the only tool that it may call, or null for any
 */
public record ToolChoice(Mode mode, @Nullable String name) {

    /** Whether the model may call tools. */
    public enum Mode {
        /** The tools are not shown to it. */
        NONE,
        /** It decides. */
        AUTO,
        /** It must; it cannot answer otherwise. */
        REQUIRED
    }

    /**
     * Checks that a name comes with a call that is required.
     *
     * @throws IllegalArgumentException if there is a name, but no call is required
     */
    public ToolChoice {
        Objects.requireNonNull(mode, "mode");
        if (name != null && mode != Mode.REQUIRED) {
            throw new IllegalArgumentException("a named tool is a required call");
        }
    }

    /**
     * No calls.
     *
     * @return the choice
     */
    public static ToolChoice none() {
        return new ToolChoice(Mode.NONE, null);
    }

    /**
     * The model decides; what holds where nothing is said.
     *
     * @return the choice
     */
    public static ToolChoice auto() {
        return new ToolChoice(Mode.AUTO, null);
    }

    /**
     * At least one call of any tool.
     *
     * @return the choice
     */
    public static ToolChoice required() {
        return new ToolChoice(Mode.REQUIRED, null);
    }

    /**
     * A call of one tool.
     *
     * @param name its name
     * @return the choice
     */
    public static ToolChoice named(String name) {
        return new ToolChoice(Mode.REQUIRED, Objects.requireNonNull(name, "name"));
    }
}
