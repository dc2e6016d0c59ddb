package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that other implementations are compared with, against the committed goldens. */
class GoldenCommandsTest {

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @CsvSource({"latent-mtp, vector", "latent-mtp, scalar", "dense-hybrid, vector", "dense-hybrid, scalar"})
    void logitsPrintsTheGoldenScores(String name, String backend) throws Exception {
        Map<String, Object> sequence = sequence(name);
        CommandRun run = CommandRun.of(
                "logits",
                CommandRun.checkpoint(name),
                "--ids",
                ids(sequence),
                "--positions",
                "0,5,-1",
                "--backend",
                backend,
                "--kv",
                "f32",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Object> printed = ParsedJson.object(run.out());
        int last = ParsedJson.ints(sequence.get("ids")).size() - 1;
        assertThat(ParsedJson.ints(printed.get("positions"))).containsExactly(0, 5, last);
        List<List<Double>> expected = ParsedJson.cast(sequence.get("logits"));
        List<List<Double>> actual = ParsedJson.cast(printed.get("logits"));
        assertThat(relativeError(actual.get(0), expected.get(0))).isLessThan(1e-5);
        assertThat(relativeError(actual.get(1), expected.get(5))).isLessThan(1e-5);
        assertThat(relativeError(actual.get(2), expected.get(last))).isLessThan(1e-5);
    }

    @Test
    void logitsAddsTheDraftHeadsScores() throws Exception {
        Map<String, Object> sequence = sequence("latent-mtp");
        CommandRun run = CommandRun.of(
                "logits",
                CommandRun.checkpoint("latent-mtp"),
                "--ids",
                ids(sequence),
                "--draft",
                "3",
                "--kv",
                "f32",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Object> golden = ParsedJson.cast(sequence.get("draft"));
        List<List<Double>> expected = ParsedJson.cast(golden.get("logits"));
        List<List<Double>> actual = ParsedJson.cast(ParsedJson.object(run.out()).get("draft"));
        assertThat(actual).hasSize(3);
        for (int step = 0; step < 3; step++) {
            assertThat(relativeError(actual.get(step), expected.get(step))).isLessThan(1e-5);
        }
    }

    @Test
    void generateContinuesIdsGreedilyAsTheReferenceDoes() throws Exception {
        Map<String, Object> sequence = sequence("dense-hybrid");
        List<Integer> greedy = ParsedJson.ints(sequence.get("greedy"));
        CommandRun run = CommandRun.of(
                "generate",
                CommandRun.checkpoint("dense-hybrid"),
                "--ids",
                ids(sequence),
                "--max-tokens",
                String.valueOf(greedy.size()),
                "--temperature",
                "0",
                "--ignore-eos",
                "--kv",
                "f32",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Object> printed = ParsedJson.object(run.out());
        assertThat(ParsedJson.ints(printed.get("ids"))).isEqualTo(greedy);
        assertThat(printed).containsEntry("finish", "length").containsKeys("text", "usage", "timings");
        Map<String, Object> usage = ParsedJson.cast(printed.get("usage"));
        assertThat(usage)
                .containsEntry("prompt_tokens", (double)
                        ParsedJson.ints(sequence.get("ids")).size())
                .containsEntry("generated_tokens", (double) greedy.size());
    }

    @Test
    void aSeedMakesDrawsRepeatable() {
        String[] command = {
            "generate",
            CommandRun.checkpoint("latent-mtp"),
            "Hello",
            "--max-tokens",
            "20",
            "--seed",
            "7",
            "--ignore-eos"
        };
        CommandRun first = CommandRun.of(command);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).isNotEmpty().isEqualTo(CommandRun.of(command).out());
    }

    @Test
    void streamedTextIsTheTextOfTheJsonDocument() {
        String[] command = {
            "generate", CommandRun.checkpoint("latent-mtp"), "Hello", "--max-tokens", "20", "--temperature", "0"
        };
        String[] json = java.util.Arrays.copyOf(command, command.length + 1);
        json[command.length] = "--json";
        assertThat(CommandRun.of(command).out())
                .isEqualTo(ParsedJson.object(CommandRun.of(json).out()).get("text"));
    }

    private static Map<String, Object> sequence(String checkpoint) {
        Map<String, Object> golden =
                ParsedJson.file(Path.of(CommandRun.checkpoint(checkpoint)).resolve("golden.json"));
        List<Map<String, Object>> sequences = ParsedJson.cast(golden.get("sequences"));
        return sequences.getFirst();
    }

    private String ids(Map<String, Object> sequence) throws Exception {
        return Files.writeString(
                        scratch.resolve("ids.json"),
                        ParsedJson.ints(sequence.get("ids")).toString())
                .toString();
    }

    private static double relativeError(List<Double> actual, List<Double> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.size(); i++) {
            difference += Math.pow(actual.get(i) - expected.get(i), 2);
            norm += Math.pow(expected.get(i), 2);
        }
        return Math.sqrt(difference / norm);
    }
}
