package dev.nemotron.cli;

import dev.nemotron.Decoding;
import dev.nemotron.DecodingBuilder;
import dev.nemotron.Sampling;
import dev.nemotron.SamplingBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are drawn, and when to stop. What is not given stays as the request or the model has it. */
final class GenerationOptions {

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Most tokens to generate; " + Decoding.DEFAULT_MAX_TOKENS + " by default.")
    private @Nullable Integer maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "0 takes the likeliest token every time; by default what the folder's generation_config.json says.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw from the K likeliest tokens.")
    private @Nullable Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the smallest set of tokens that reaches this probability.")
    private @Nullable Double topP;

    @Option(names = "--min-p", paramLabel = "P", description = "Drop tokens less likely than P times the likeliest.")
    private @Nullable Double minP;

    @Option(names = "--seed", paramLabel = "S", description = "Makes the draws repeatable.")
    private @Nullable Long seed;

    @Option(names = "--stop", paramLabel = "TEXT", description = "End before this text; may be given several times.")
    private List<String> stop = List.of();

    @Option(names = "--ignore-eos", description = "Go on after the model's own end tokens.")
    private boolean ignoreEndTokens;

    /**
     * Changes what was given on the command line, and nothing else.
     *
     * @param request a builder
     * @throws IllegalArgumentException if a number is out of range
     */
    void applyTo(DecodingBuilder<?> request) {
        adjust(Sampling.builder()).build(); // a wrong number is refused now, not when the answer begins
        request.adjustSampling(this::adjust);
        if (maxTokens != null) {
            request.maxTokens(maxTokens);
        }
        if (!stop.isEmpty()) {
            request.stopStrings(stop);
        }
        if (ignoreEndTokens) {
            request.ignoreEndTokens(true);
        }
    }

    private SamplingBuilder adjust(SamplingBuilder sampling) {
        if (temperature != null) {
            sampling.temperature(temperature);
        }
        if (topK != null) {
            sampling.topK(topK);
        }
        if (topP != null) {
            sampling.topP(topP);
        }
        if (minP != null) {
            sampling.minP(minP);
        }
        if (seed != null) {
            sampling.seed(seed);
        }
        return sampling;
    }

    /**
     * Writes what was given as keys of a request.
     *
     * @param request the request, changed
     */
    void describe(Map<String, Object> request) {
        put(request, "max_tokens", maxTokens);
        put(request, "temperature", temperature);
        put(request, "top_k", topK);
        put(request, "top_p", topP);
        put(request, "min_p", minP);
        put(request, "seed", seed);
        put(request, "stop", stop.isEmpty() ? null : stop);
        put(request, "ignore_eos", ignoreEndTokens ? true : null);
    }

    private static void put(Map<String, Object> request, String key, @Nullable Object value) {
        if (value != null) {
            request.put(key, value);
        }
    }
}
