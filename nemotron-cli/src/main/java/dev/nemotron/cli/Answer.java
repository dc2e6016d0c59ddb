package dev.nemotron.cli;

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
        document.put("finish", result.finishReason().name().toLowerCase(Locale.ROOT));
        document.put("usage", usage(result.usage()));
        document.put("timings", timings(result.timings(), result.usage()));
        return document;
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("prompt_tokens", usage.promptTokens());
        document.put("generated_tokens", usage.generatedTokens());
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
     * @return for example {@code 12 tokens in, 40 out, 35.2 tokens/s, stop}
     */
    static String pace(GenerationResult result) {
        Usage usage = result.usage();
        return String.format(
                Locale.ROOT,
                "%d tokens in (%.1f tokens/s), %d out (%.1f tokens/s), %s",
                usage.promptTokens(),
                result.timings().promptTokensPerSecond(usage),
                usage.generatedTokens(),
                result.timings().generatedTokensPerSecond(usage),
                result.finishReason().name().toLowerCase(Locale.ROOT));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
