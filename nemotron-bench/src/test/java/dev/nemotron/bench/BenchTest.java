package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.NemotronException;
import dev.nemotron.bench.synth.Format;
import dev.nemotron.bench.synth.Shape;
import dev.nemotron.bench.synth.Synth;
import dev.nemotron.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {

    @TempDir
    private static Path parent;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeModel() throws IOException {
        Synth.write(Shape.TINY, Format.MIXED, parent.resolve("model"), (bytes, total) -> {});
    }

    private int bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(parent.resolve("model").toString());
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        BenchCommand command = new BenchCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                threads -> new MachineLimits(threads, 1e9, 1e9));
        return new CommandLine(command).setErr(new PrintWriter(errors, true)).execute(all.toArray(String[]::new));
    }

    @Test
    void refusesAnUnusableFolderBeforeAnythingIsMeasured() {
        Path missing = parent.resolve("missing");

        assertThatThrownBy(() -> new Bench(
                                new BenchSettings(
                                        missing,
                                        16,
                                        4,
                                        List.of(1),
                                        List.of(0),
                                        List.of(1),
                                        1,
                                        Duration.ZERO,
                                        true,
                                        false,
                                        null),
                                threads -> {
                                    throw new AssertionError("measured");
                                },
                                progress -> {})
                        .run())
                .isInstanceOf(NemotronException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void printsARowForEachCombinationWithItsPartOfTheLimit() {
        int code = bench(
                "--prompt=16",
                "--generate=4",
                "--batch=1,3",
                "--context=0,20",
                "--threads=1,2",
                "--runs=2",
                "--warm-up=0",
                "--json");

        assertThat(code).isZero();
        Map<?, ?> report = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8), "report");
        assertThat(report.get("machine").toString()).contains("readGBs", "fmaGflops", "byThreads");
        List<?> results = (List<?>) report.get("results");
        assertThat(results).hasSize(2 * (2 * (1 + 2) + 1));
        assertThat(results).allSatisfy(row -> {
            Map<?, ?> fields = (Map<?, ?>) row;
            double speed = (double) fields.get("tokensPerSecond");
            double limit = (double) fields.get("limit");
            assertThat(speed).isPositive();
            assertThat((double) fields.get("fraction")).isCloseTo(speed / limit, within(1e-9));
        });
        List<?> startups = (List<?>) report.get("startup");
        assertThat(startups)
                .allSatisfy(startup -> assertThat((double) ((Map<?, ?>) startup).get("firstTokenColdSeconds"))
                        .isPositive());
    }

    @Test
    void timesTheOperationsOfAStepWithTheWeightsThatTheyRead() {
        int code =
                bench("--prompt=8", "--generate=4", "--threads=1", "--runs=1", "--warm-up=0", "--no-cold", "--profile");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("linear in_proj", "linear lm_head", "experts", "mamba", "(between)");
    }

    @Test
    void countsTheArithmeticOfEachOperation() {
        int code = bench(
                "--prompt=8",
                "--generate=4",
                "--threads=1",
                "--runs=1",
                "--warm-up=0",
                "--no-cold",
                "--profile",
                "--json");

        assertThat(code).isZero();
        Map<?, ?> report = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8), "report");
        assertThat(flops(report, "profile", "linear lm_head")).isEqualTo(2.0 * 2048 * 128);
        assertThat(flops(report, "prefillProfile", "linear lm_head")).isEqualTo(2.0 * 2048 * 128);
        assertThat(flops(report, "prefillProfile", "linear in_proj"))
                .isEqualTo(8 * flops(report, "profile", "linear in_proj"));
        assertThat(flops(report, "prefillProfile", "experts")).isEqualTo(8 * flops(report, "profile", "experts"));
        // Four steps attend to 1, 2, 3 and 4 tokens, a prompt of eight to 36.
        assertThat(flops(report, "prefillProfile", "attention"))
                .isEqualTo(36 / 2.5 * flops(report, "profile", "attention"));
    }

    private static double flops(Map<?, ?> report, String profile, String operation) {
        return ((List<?>) report.get(profile))
                .stream()
                        .map(line -> (Map<?, ?>) line)
                        .filter(line -> operation.equals(line.get("operation")))
                        .mapToDouble(line -> ((Number) line.get("flopsPerStep")).doubleValue())
                        .sum();
    }

    @Test
    void drawsTheOperationsBelowTheRoof() throws IOException {
        Path picture = parent.resolve("roofline.svg");
        int code = bench(
                "--prompt=8",
                "--generate=4",
                "--threads=1",
                "--runs=1",
                "--warm-up=0",
                "--no-cold",
                "--roofline=" + picture);

        assertThat(code).isZero();
        // Which operations take enough time to be shown is not the same in each run of so small a model.
        assertThat(picture)
                .content()
                .contains("a generated token", "a prompt")
                .containsPattern(">(experts|mamba|in_proj|rmsNorm|gatedNorm) \\d+%<");
        assertThat(bench("--roofline=" + parent.resolve("none/roofline.svg"))).isEqualTo(2);
    }

    @Test
    void comparesWithACommandInTurns() {
        int code = bench(
                "--prompt=8",
                "--generate=4",
                "--threads=1",
                "--runs=2",
                "--warm-up=0",
                "--no-cold",
                "--compare=echo '[{\"n_prompt\":8,\"n_gen\":0,\"avg_ts\":10.5},{\"n_prompt\":0,\"n_gen\":4,\"avg_ts\":2}]'");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("in turns with")
                .contains("peer 10.50 tokens/s");
    }

    @Test
    void refusesNumbersThatMeasureNothing() {
        assertThat(bench("--generate=0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--generate must be 2 or more");
    }

    @Test
    void readsThePaceFromItsOwnReportToo() throws IOException {
        Peer peer = new Peer("peer", 1, 1);
        assertThat(peer.parse("{\"results\":[{\"test\":\"decode\",\"tokensPerSecond\":3.5}]}"))
                .isEqualTo(Map.of("decode", 3.5));
        assertThatThrownBy(() -> peer.parse("nothing"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("printed no results");
    }

    @Test
    void findsThatMemoryIsReadAndNumbersAreMultiplied() {
        MachineLimits limits = MachineLimits.measure(1, 16 << 20);

        assertThat(limits.readBytesPerSecond()).isGreaterThan(1e8);
        assertThat(limits.flopsPerSecond()).isGreaterThan(1e8);
    }

    @Test
    void takesTheMedianAndTheSpread() {
        assertThat(Speed.of(new double[] {12, 8, 10})).isEqualTo(new Speed(10, 0.4));
        assertThat(Speed.of(new double[] {12, 8})).isEqualTo(new Speed(10, 0.4));
    }
}
