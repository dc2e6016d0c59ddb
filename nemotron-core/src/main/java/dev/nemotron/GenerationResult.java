package dev.nemotron;

import java.util.List;

/**
 * What was generated.
 *
 * @param text the text, without end token and stop string
 * @param ids all generated tokens, a final end token included
 * @param finishReason why it ended
 * @param usage the tokens
 * @param timings the time
 * @param logProbabilities how likely the tokens were; empty where the request did not ask
 */
public record GenerationResult(
        String text,
        List<Integer> ids,
        FinishReason finishReason,
        Usage usage,
        Timings timings,
        List<TokenLogProbability> logProbabilities) {

    /** Copies the lists. */
    public GenerationResult {
        ids = List.copyOf(ids);
        logProbabilities = List.copyOf(logProbabilities);
    }
}
