package dev.nemotron.cli;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Sampling;
import dev.nemotron.SamplingBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are drawn, and when to stop. */
final class GenerationOptions {

    @Option(names = "--max-tokens", paramLabel = "N", description = "Most tokens to generate; 2048 by default.")
    private int maxTokens = GenerationRequest.DEFAULT_MAX_TOKENS;

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
     * Adds the options to a request.
     *
     * @param request a builder
     * @param defaults what the model's folder says about sampling
     * @return the same builder
     */
    GenerationRequest.Builder applyTo(GenerationRequest.Builder request, Sampling defaults) {
        return request.maxTokens(maxTokens)
                .sampling(over(defaults))
                .stopStrings(stop)
                .ignoreEndTokens(ignoreEndTokens);
    }

    private Sampling over(Sampling defaults) {
        SamplingBuilder sampling = defaults.toBuilder();
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
        return sampling.build();
    }
}
