package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.cli.ChatCommand.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatCommandTest {

    private static final String MODEL = CommandRun.checkpoint("latent-mtp");

    @Test
    void aFolderIsTheModelAndAnythingElseTheMessage() {
        assertThat(Request.of(List.of())).isEqualTo(new Request(null, null));
        assertThat(Request.of(List.of(MODEL))).isEqualTo(new Request(Path.of(MODEL), null));
        assertThat(Request.of(List.of("What is 27 + 48?"))).isEqualTo(new Request(null, "What is 27 + 48?"));
        assertThat(Request.of(List.of(MODEL, "Hi"))).isEqualTo(new Request(Path.of(MODEL), "Hi"));
    }

    @Test
    void aPathThatDoesNotExistIsNotAMessage() {
        assertThatThrownBy(() -> Request.of(List.of("./absent"))).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> Request.of(List.of("absent", "Hi"))).isInstanceOf(ModelFormatException.class);
    }

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
    void whatWasSaidBeforeIsPartOfTheNextPrompt() {
        CommandRun run = CommandRun.withInput(
                "Hello\nHello\n", "chat", MODEL, "--json", "--max-tokens", "4", "--temperature", "0");
        assertThat(run.code()).as(run.err()).isZero();
        List<Double> promptTokens = run.out()
                .lines()
                .map(line -> ParsedJson.<Map<String, Double>>cast(
                                ParsedJson.object(line).get("usage"))
                        .get("prompt_tokens"))
                .toList();
        assertThat(promptTokens.get(1)).isGreaterThan(promptTokens.get(0));
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
}
