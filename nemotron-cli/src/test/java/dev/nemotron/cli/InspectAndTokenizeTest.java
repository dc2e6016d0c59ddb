package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at a folder without running it. */
class InspectAndTokenizeTest {

    @TempDir
    private Path scratch;

    @Test
    void inspectTellsWhatTheFolderHolds() {
        CommandRun run = CommandRun.of("inspect", CommandRun.checkpoint("latent-mtp"), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Object> facts = ParsedJson.object(run.out());
        assertThat(facts)
                .containsEntry("name", "latent-mtp")
                .containsEntry("architecture", "nemotron_h")
                .containsEntry("blocks", List.of("mamba", "moe", "mamba", "attention", "moe", "mamba", "moe"))
                .containsEntry("draft_blocks", List.of("attention", "moe"))
                .containsEntry("vocabulary_size", 304.0);
        Map<String, Object> memory = ParsedJson.cast(facts.get("memory"));
        Map<String, Double> formats = ParsedJson.cast(memory.get("weights_by_format"));
        assertThat(memory)
                .containsEntry("fits", true)
                .containsEntry(
                        "weights",
                        formats.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum());
    }

    @Test
    void inspectWithoutJsonSaysTheSameInWords() {
        CommandRun run = CommandRun.of("inspect", CommandRun.checkpoint("dense-hybrid"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("nemotron_h", "parameters", "BF16", "tokenizer", "chat template", "fits");
    }

    @Test
    void aFolderWithoutWeightsIsDescribedFromItsConfigurationAndRefused() throws Exception {
        String name = "latent-mtp";
        Files.copy(Path.of(CommandRun.checkpoint(name), "config.json"), scratch.resolve("config.json"));
        CommandRun run = CommandRun.of("inspect", scratch.toString(), "--json");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("no weights");
        Object whole = ParsedJson.object(CommandRun.of("inspect", CommandRun.checkpoint(name), "--json")
                        .out())
                .get("parameters");
        assertThat(ParsedJson.object(run.out())).containsEntry("parameters", whole);
    }

    @Test
    void tokenizeNeedsNothingButATokenizer() throws Exception {
        Files.copy(Path.of(CommandRun.checkpoint("latent-mtp"), "tokenizer.json"), scratch.resolve("tokenizer.json"));
        String text = "Grüße, 世界! 👩‍👩‍👧 <|im_start|>user";
        CommandRun run = CommandRun.of("tokenize", scratch.toString(), text, "--no-special", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(ParsedJson.object(run.out())).containsEntry("text", text);
    }

    @Test
    void tokenizeAnswersEachJsonLineWithOne() {
        List<String> texts = List.of("plain", "line\nbreak", "\"quoted\" \\ back", "tab\t\u0001", "é😀", "");
        StringBuilder input = new StringBuilder();
        texts.forEach(
                text -> input.append(JsonOutput.text(Map.of("text", text))).append('\n'));
        CommandRun run = CommandRun.withInput(
                input.toString(), "tokenize", CommandRun.checkpoint("latent-mtp"), "--jsonl", "-", "--no-special");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()
                        .lines()
                        .map(line -> ParsedJson.object(line).get("text"))
                        .toList())
                .isEqualTo(texts);
    }

    @Test
    void tokenizeNamesTheLineThatIsWrong() {
        CommandRun run = CommandRun.withInput(
                "{\"text\": \"fine\"}\n{\"txt\": 1}\n",
                "tokenize",
                CommandRun.checkpoint("latent-mtp"),
                "--jsonl",
                "-");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).contains("line 2", "\"text\"");
    }

    @Test
    void plainTokenizePrintsTheIdsOnOneLine() {
        CommandRun run = CommandRun.of("tokenize", CommandRun.checkpoint("latent-mtp"), "Hello", "--no-special");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).matches("\\d+( \\d+)*\\R");
    }
}
