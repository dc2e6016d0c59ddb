package dev.nemotron.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param folder the model
 * @param promptTokens how long the prompts are
 * @param generatedTokens how many tokens are generated in a run
 * @param batches how many sequences are decoded at once
 * @param contexts how many tokens come before the prompt and before the first generated token
 * @param threads with how many threads
 * @param runs how often each is measured
 * @param warmUp how long each is run before
 * @param cold whether the first token of a fresh process is timed
 * @param profile whether the operations of a step are timed one by one
 * @param peer a command that measures another engine, or null
 */
record BenchSettings(
        Path folder,
        int promptTokens,
        int generatedTokens,
        List<Integer> batches,
        List<Integer> contexts,
        List<Integer> threads,
        int runs,
        Duration warmUp,
        boolean cold,
        boolean profile,
        @Nullable String peer) {

    /** The prompt of which the first token is timed. */
    static final int SHORT_PROMPT = 32;

    BenchSettings {
        batches = List.copyOf(batches);
        contexts = List.copyOf(contexts);
        threads = List.copyOf(threads);
    }

    /** Room for the longest sequence of all measurements. */
    int contextTokens() {
        int longest = contexts.stream().mapToInt(Integer::intValue).max().orElse(0);
        return longest + Math.max(promptTokens, SHORT_PROMPT) + generatedTokens + 1;
    }

    /** The most sequences at once. */
    int sequences() {
        return batches.stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
