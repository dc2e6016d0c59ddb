package dev.nemotron;

import java.time.Duration;

/**
 * Where the time of a generation went.
 *
 * @param queued from the request to the first step
 * @param prefill from the first step to the first token
 * @param decode from the first token to the last
 */
public record Timings(Duration queued, Duration prefill, Duration decode) {

    /**
     * The pace of the prompt.
     *
     * @param usage the tokens of the generation
     * @return tokens a second, 0 where nothing was computed
     */
    public double promptTokensPerSecond(Usage usage) {
        return pace(usage.promptTokens() - usage.cachedTokens(), prefill);
    }

    /**
     * The pace of the answer, its first token not counted, since that one comes from the prompt's last step.
     *
     * @param usage the tokens of the generation
     * @return tokens a second, 0 where fewer than two tokens were generated
     */
    public double generatedTokensPerSecond(Usage usage) {
        return pace(usage.generatedTokens() - 1, decode);
    }

    private static double pace(int tokens, Duration time) {
        return tokens <= 0 || time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
    }
}
