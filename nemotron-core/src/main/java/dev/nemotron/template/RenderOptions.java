package dev.nemotron.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;

/**
 * How a template is rendered.
 *
 * @param trustedVariables names of variables whose strings count as the template's own text
 * @param clock what {@code strftime_now} tells
 */
public record RenderOptions(Set<String> trustedVariables, Clock clock) {

    /** The special tokens that a tokenizer hands to its template. */
    public static final Set<String> SPECIAL_TOKENS =
            Set.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /** The special tokens are trusted, and the clock is the system's. */
    public static final RenderOptions DEFAULT = new RenderOptions(SPECIAL_TOKENS, Clock.system(ZoneId.systemDefault()));

    /** Copies the names. */
    public RenderOptions {
        trustedVariables = Set.copyOf(trustedVariables);
    }

    /**
     * The same with another clock.
     *
     * @param other the clock
     * @return the changed options
     */
    public RenderOptions withClock(Clock other) {
        return new RenderOptions(trustedVariables, other);
    }
}
