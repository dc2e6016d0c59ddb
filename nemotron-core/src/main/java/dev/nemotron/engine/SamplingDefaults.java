package dev.nemotron.engine;

import dev.nemotron.ModelFormatException;
import dev.nemotron.Sampling;
import dev.nemotron.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a model wants its tokens drawn when the request does not say: what {@code generation_config.json} says. */
public final class SamplingDefaults {

    private SamplingDefaults() {}

    /**
     * Reads the defaults. {@code do_sample: false} means the likeliest token every time, whatever the other keys say.
     *
     * @param config the content of {@code generation_config.json}, or null where the folder has none
     * @return the settings; plain sampling where the file says nothing
     * @throws ModelFormatException if a value is out of range
     */
    public static Sampling of(@Nullable JsonObject config) {
        if (config == null) {
            return Sampling.builder().build();
        }
        if (!config.flag("do_sample", true)) {
            return Sampling.GREEDY;
        }
        try {
            return Sampling.builder()
                    .temperature(config.number("temperature", 1))
                    .topK(config.integer("top_k", 0, Integer.MAX_VALUE, 0))
                    .topP(config.number("top_p", 1))
                    .minP(config.number("min_p", 0))
                    .repetitionPenalty(config.number("repetition_penalty", 1))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(config.source() + ": " + e.getMessage(), e);
        }
    }
}
