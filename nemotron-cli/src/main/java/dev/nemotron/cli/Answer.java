package dev.nemotron.cli;

import dev.nemotron.FinishReason;
import dev.nemotron.GenerationResult;
import dev.nemotron.Timings;
import dev.nemotron.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A finished generation in the two forms that commands print. */
final class Answer {

    private Answer() {}

    /**
     * The document of {@code --json}: ids, text, finish, usage, timings in seconds.
     *
     * @param result what was generated
     * @return the document, in the order of its keys
     */
    static Map<String, Object> document(GenerationResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ids", result.ids());
        document.put("text", result.text());
        document.put("finish", word(result.finishReason()));
        document.put("usage", usage(result.usage()));
        document.put("timings", timings(result.timings(), result.usage()));
        return document;
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("prompt_tokens", usage.promptTokens());
        document.put("cached_tokens", usage.cachedTokens());
        document.put("generated_tokens", usage.generatedTokens());
        document.put("reasoning_tokens", usage.reasoningTokens());
        document.put("total_tokens", usage.totalTokens());
        return document;
    }

    private static Map<String, Object> timings(Timings timings, Usage usage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("queued_seconds", seconds(timings.queued()));
        document.put("prefill_seconds", seconds(timings.prefill()));
        document.put("decode_seconds", seconds(timings.decode()));
        document.put("prompt_tokens_per_second", timings.promptTokensPerSecond(usage));
        document.put("generated_tokens_per_second", timings.generatedTokensPerSecond(usage));
        return document;
    }

    /**
     * The line that follows a streamed answer.
     *
     * @param result what was generated
     * @param finish why it ended
     * @return for example {@code 12 tokens in (80.1 tokens/s), 40 out (35.2 tokens/s), stop}
     */
    static String pace(GenerationResult result, FinishReason finish) {
        Usage usage = result.usage();
        return String.format(
                Locale.ROOT,
                "%d tokens in%s (%.1f tokens/s), %d out (%.1f tokens/s), %s",
                usage.promptTokens(),
                usage.cachedTokens() == 0 ? "" : ", " + usage.cachedTokens() + " of them kept",
                result.timings().promptTokensPerSecond(usage),
                usage.generatedTokens(),
                result.timings().generatedTokensPerSecond(usage),
                word(finish));
    }

    /** A reason as it is printed: stop, length, tool_calls, cancelled. */
    static String word(FinishReason finish) {
        return finish.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
