package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatCommandTest {

    private static final String MODEL = CommandRun.checkpoint("latent-mtp");

    @Test
    void eachLineOfAPipeIsAnswered() {
        CommandRun run = CommandRun.withInput(
                "Hello\n\n/clear\nAnd again\n/exit\nnever\n",
                "chat",
                MODEL,
                "--json",
                "--max-tokens",
                "8",
                "--temperature",
                "0",
                "--no-think");
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<String, Object>> answers =
                run.out().lines().map(ParsedJson::object).toList();
        assertThat(answers)
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer)
                        .containsKeys("ids", "text", "finish", "usage", "timings", "answer")
                        .containsEntry("reasoning", ""));
    }

    @Test
    void aTurnGoesOnBehindTheStateOfTheTurnsBefore() {
        CommandRun run = CommandRun.withInput(
                "Hello\nHello\n/reset\nHello\n", "chat", MODEL, "--json", "--max-tokens", "4", "--temperature", "0");
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<String, Double>> usages = run.out()
                .lines()
                .map(line -> ParsedJson.<Map<String, Double>>cast(
                        ParsedJson.object(line).get("usage")))
                .toList();
        assertThat(usages.get(0)).containsEntry("cached_tokens", 0.0);
        assertThat(usages.get(1).get("prompt_tokens"))
                .isGreaterThan(usages.get(0).get("total_tokens"));
        assertThat(usages.get(1).get("cached_tokens"))
                .isGreaterThanOrEqualTo(usages.get(0).get("prompt_tokens"));
        assertThat(usages.get(2)).isEqualTo(usages.get(0));
    }

    @Test
    void aMessageMayComeFromStandardInput() {
        CommandRun piped = CommandRun.withInput(
                "Hello\n", "chat", MODEL, "-", "--max-tokens", "8", "--temperature", "0", "--no-think");
        CommandRun given =
                CommandRun.of("chat", MODEL, "Hello", "--max-tokens", "8", "--temperature", "0", "--no-think");
        assertThat(piped.code()).as(piped.err()).isZero();
        assertThat(piped.out()).isNotEmpty().isEqualTo(given.out());
    }

    @Test
    void aBudgetEndsTheReasoning() {
        CommandRun run = CommandRun.of(
                "chat", MODEL, "Hello", "--budget", "0", "--max-tokens", "600", "--temperature", "0", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Double> usage = ParsedJson.cast(ParsedJson.object(run.out()).get("usage"));
        assertThat(usage.get("reasoning_tokens")).isLessThan(520);
    }

    @Test
    void reasoningStaysOutOfAPipeUnlessItIsWanted() {
        String[] command = {"chat", MODEL, "--max-tokens", "8", "--temperature", "0"};
        CommandRun hidden = CommandRun.withInput("Hello\n", command);
        assertThat(hidden.out()).isEmpty();
        assertThat(hidden.err()).contains("no answer came after the reasoning");
        CommandRun shown = CommandRun.withInput("/reasoning show\nHello\n", command);
        assertThat(shown.out()).isNotEmpty();
    }
}
