package dev.nemotron;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are drawn, in the words of OpenAI's chat API and those that vLLM and llama.cpp added: {@code temperature, top_p,
 * top_k, min_p, typical_p, top_n_sigma, repetition_penalty} (or {@code repeat_penalty}), {@code presence_penalty,
 * frequency_penalty, logit_bias, seed, min_tokens, dry_multiplier, dry_base, dry_allowed_length, dry_penalty_last_n,
 * xtc_probability, xtc_threshold}. What a request does not say stays as the model has it.
 */
final class SamplingFields {

    private final RequestFields fields;

    SamplingFields(RequestFields fields) {
        this.fields = fields;
    }

    /** Checks everything now, so that a wrong number is refused before anything is computed. */
    void applyTo(DecodingBuilder<?> request) {
        try {
            adjust(Sampling.builder()).build();
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("sampling", String.valueOf(e.getMessage()));
        }
        request.adjustSampling(this::adjust);
    }

    private SamplingBuilder adjust(SamplingBuilder sampling) {
        set("temperature", sampling::temperature);
        set("top_p", sampling::topP);
        set("min_p", sampling::minP);
        set("typical_p", sampling::typicalP);
        set("top_n_sigma", sampling::topNSigma);
        set(fields.spelling("repetition_penalty", "repeat_penalty"), sampling::repetitionPenalty);
        set("presence_penalty", sampling::presencePenalty);
        set("frequency_penalty", sampling::frequencyPenalty);
        Long topK = fields.integer("top_k", -1);
        if (topK != null) {
            sampling.topK(Math.clamp(topK, 0, Integer.MAX_VALUE));
        }
        Long minTokens = fields.integer("min_tokens", 0);
        if (minTokens != null) {
            sampling.minTokens((int) Math.min(minTokens, Integer.MAX_VALUE));
        }
        Long seed = fields.integer("seed", Long.MIN_VALUE);
        if (seed != null && seed != -1) { // llama.cpp's word for none
            sampling.seed(seed);
        }
        if (fields.get("logit_bias") != null) {
            sampling.logitBias(logitBias());
        }
        penalties(sampling);
        return sampling;
    }

    private void set(String key, Consumer<Double> setting) {
        Double value = fields.number(key);
        if (value != null) {
            setting.accept(value);
        }
    }

    private void penalties(SamplingBuilder sampling) {
        Double multiplier = fields.number("dry_multiplier");
        if (multiplier != null) {
            Sampling.Dry off = Sampling.Dry.OFF;
            sampling.dry(new Sampling.Dry(
                    multiplier,
                    Objects.requireNonNullElse(fields.number("dry_base"), off.base()),
                    integer("dry_allowed_length", 1, off.allowedLength()),
                    Math.max(0, integer("dry_penalty_last_n", -1, off.window())),
                    off.breakers()));
        }
        Double probability = fields.number("xtc_probability");
        if (probability != null) {
            Double threshold = fields.number("xtc_threshold");
            sampling.xtc(new Sampling.Xtc(probability, threshold == null ? Sampling.Xtc.OFF.threshold() : threshold));
        }
    }

    private int integer(String key, long least, int absent) {
        Long value = fields.integer(key, least);
        return value == null ? absent : (int) Math.min(value, Integer.MAX_VALUE);
    }

    private Map<Integer, Double> logitBias() {
        Map<Integer, Double> biases = new HashMap<>();
        RequestFields bias = Objects.requireNonNull(fields.object("logit_bias"));
        for (Map.Entry<String, @Nullable Object> entry : bias.json().entrySet()) {
            int token;
            try {
                token = Integer.parseInt(entry.getKey());
            } catch (NumberFormatException e) {
                throw RequestFields.wrong(
                        fields.at("logit_bias"), "an object whose keys are token ids", entry.getKey());
            }
            Double value = bias.number(entry.getKey());
            if (value != null) {
                biases.put(token, value);
            }
        }
        return biases;
    }
}
