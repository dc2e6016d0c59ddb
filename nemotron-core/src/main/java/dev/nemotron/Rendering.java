package dev.nemotron;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation becomes a prompt.
 *
 * @param variables what the chat template is given besides messages and tools, for example {@code enable_thinking}
 * @param generationPrompt whether the prompt ends with the beginning of the model's turn
 * @param continued what of the last message is the beginning of the answer, which the model then continues: {@code content},
 *     {@code reasoning_content}, or null for none; excludes a generation prompt
 * @param template the source of a chat template in place of the folder's own, or null. Templates are programs: never take one
 *     from strangers
 * @param rawMessages whether the template gets the messages exactly as they are, without the adaptations that it may need
 * @param controlTokensInContent whether control tokens spelled out in messages count as such. By default they are plain text,
 *     so that nobody can forge a turn
 * @param clock what templates take for now
 */
public record Rendering(
        Map<String, @Nullable Object> variables,
        boolean generationPrompt,
        @Nullable String continued,
        @Nullable String template,
        boolean rawMessages,
        boolean controlTokensInContent,
        Clock clock) {

    /** As a conversation is usually rendered. */
    public static final Rendering DEFAULT =
            new Rendering(Map.of(), true, null, null, false, false, Clock.system(ZoneId.systemDefault()));

    /** Copies the variables. */
    public Rendering {
        variables = Collections.unmodifiableMap(new HashMap<>(variables));
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * The same for a conversation that is taken as it stands: without a generation prompt, and with nothing to continue.
     *
     * @return the changed settings
     */
    public Rendering ended() {
        return new Rendering(variables, false, null, template, rawMessages, controlTokensInContent, clock);
    }

    /**
     * The same for a conversation whose last message the model continues.
     *
     * @param field what of it is the beginning of the answer: {@code content} or {@code reasoning_content}
     * @return the changed settings
     */
    public Rendering continuing(String field) {
        return new Rendering(variables, false, field, template, rawMessages, controlTokensInContent, clock);
    }

    /**
     * The same with another standing of control tokens in messages.
     *
     * @param value whether they count as such
     * @return the changed settings
     */
    public Rendering withControlTokensInContent(boolean value) {
        return new Rendering(variables, generationPrompt, continued, template, rawMessages, value, clock);
    }

    /**
     * The same with another clock.
     *
     * @param other what templates take for now
     * @return the changed settings
     */
    public Rendering withClock(Clock other) {
        return new Rendering(
                variables, generationPrompt, continued, template, rawMessages, controlTokensInContent, other);
    }

    /**
     * The same with another chat template.
     *
     * @param source its source
     * @return the changed settings
     */
    public Rendering withTemplate(String source) {
        return new Rendering(
                variables, generationPrompt, continued, source, rawMessages, controlTokensInContent, clock);
    }

    /**
     * The same with other variables.
     *
     * @param others what the chat template is given besides messages and tools
     * @return the changed settings
     */
    public Rendering withVariables(Map<String, ? extends @Nullable Object> others) {
        return new Rendering(
                new HashMap<String, @Nullable Object>(others),
                generationPrompt,
                continued,
                template,
                rawMessages,
                controlTokensInContent,
                clock);
    }
}
