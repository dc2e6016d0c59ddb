package dev.nemotron.cli;

import dev.nemotron.GenerationResult;
import dev.nemotron.MemoryPlan;
import dev.nemotron.Timings;
import dev.nemotron.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the answers of a conversation took. */
final class Tally {

    private int answers;
    private long promptTokens;
    private long cachedTokens;
    private long generatedTokens;
    private long reasoningTokens;
    private Duration prefill = Duration.ZERO;
    private Duration decode = Duration.ZERO;
    private int held;

    /**
     * Adds an answer.
     *
     * @param result the tokens behind it
     */
    void add(GenerationResult result) {
        Usage usage = result.usage();
        Timings timings = result.timings();
        answers++;
        promptTokens += usage.promptTokens();
        cachedTokens += usage.cachedTokens();
        generatedTokens += usage.generatedTokens();
        reasoningTokens += usage.reasoningTokens();
        prefill = prefill.plus(timings.prefill());
        decode = decode.plus(timings.decode());
        held = usage.totalTokens();
    }

    /**
     * Tells all of it.
     *
     * @param plan what a sequence takes
     * @return the lines
     */
    List<String> lines(MemoryPlan plan) {
        // The first token of each answer comes from the last step of its prompt.
        return List.of(
                line("answers", "%d", answers),
                line(
                        "tokens in",
                        "%d, %d of them kept from earlier turns, %.1f tokens/s",
                        promptTokens,
                        cachedTokens,
                        pace(promptTokens - cachedTokens, prefill)),
                line(
                        "tokens out",
                        "%d, %d of them reasoning, %.1f tokens/s",
                        generatedTokens,
                        reasoningTokens,
                        pace(generatedTokens - answers, decode)),
                held == 0
                        ? line("memory", "nothing held yet")
                        : line(
                                "memory",
                                "%s for the %d tokens of the conversation",
                                Bytes.text(plan.statePerSequence() + plan.kvPerToken() * held),
                                held));
    }

    private static String line(String name, String format, Object... values) {
        return String.format(Locale.ROOT, "%-11s " + format, prepend(name, values));
    }

    private static Object[] prepend(String name, Object[] values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    private static double pace(long tokens, Duration time) {
        return tokens <= 0 || time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
    }
}
