package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.nemotron.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {

    @TempDir
    private Path scratch;

    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        folder = Files.createDirectory(scratch.resolve("model"));
        try (Stream<Path> files = Files.list(Path.of(CommandRun.checkpoint("nvfp4-w4a4")))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void theFileIsNamedWithItsSizeAndMayBeWrittenAgain() {
        for (int i = 0; i < 2; i++) {
            CommandRun run = CommandRun.of("prepare", folder.toString());
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out())
                    .startsWith(folder.resolve(ModelOptions.PREPARED_FILE) + ": ")
                    .containsPattern("[1-9][0-9.]* KiB, written in [0-9.]+ s");
        }
    }

    @Test
    void jsonTellsFileBytesAndSeconds() throws IOException {
        Path file = scratch.resolve("prepared");
        CommandRun run = CommandRun.of("prepare", folder.toString(), "--to", file.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(ParsedJson.object(run.out()))
                .containsEntry("file", file.toString())
                .containsEntry("bytes", (double) Files.size(file))
                .containsKey("seconds");
    }

    @Test
    void whatIsNoModelFolderIsNamed() throws IOException {
        assertFails(2, "Missing required parameter: 'DIR'", "prepare");
        Path config = folder.resolve("config.json");
        assertFails(3, config + ": a file, expected the model's folder", "prepare", config.toString());
        Path missing = scratch.resolve("missing");
        assertFails(3, missing + ": no such folder", "prepare", missing.toString());
        Path empty = Files.createDirectory(scratch.resolve("empty"));
        assertFails(3, empty.resolve("config.json") + ": missing", "prepare", empty.toString());
        assertThat(empty).isEmptyDirectory();
        assertFails(2, "has no NVFP4 weights", "prepare", CommandRun.checkpoint("fp8-tensor"));
    }

    @Test
    void aTargetThatCannotBeIsNamedAndNothingIsLost() throws IOException {
        Path weights = folder.resolve("model.safetensors");
        byte[] content = Files.readAllBytes(weights);
        assertTargetFails(weights, "is there already and is no prepared file");
        assertThat(weights).hasBinaryContent(content);
        assertTargetFails(scratch, "a folder, expected the file to write");
        assertTargetFails(scratch.resolve("nowhere/prepared"), "there is no folder " + scratch.resolve("nowhere"));
        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).containsExactly(folder);
        }
    }

    @Test
    void kernelsThatCannotReadItQuicklySaySoOnce() {
        CommandRun.of("prepare", folder.toString());
        List<String> warnings = new ArrayList<>();
        CommandRun run = whileListening(
                warnings,
                () -> CommandRun.withInput(
                        "[3, 4]",
                        "generate",
                        folder.toString(),
                        "--ids",
                        "-",
                        "--max-tokens",
                        "1",
                        "--backend",
                        "scalar"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(warnings)
                .singleElement(STRING)
                .contains("prepared weights are not used", ModelOptions.PREPARED_FILE, "512 bits", "scalar");
    }

    private void assertTargetFails(Path target, String message) {
        assertFails(2, message, "prepare", folder.toString(), "--to", target.toString());
    }

    private static void assertFails(int code, String message, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).startsWith("nemotron prepare: ").contains(message);
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
    }

    private static CommandRun whileListening(List<String> warnings, Supplier<CommandRun> command) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(new SimpleFormatter().formatMessage(event));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.nemotron");
        logger.addHandler(handler);
        try {
            return command.get();
        } finally {
            logger.removeHandler(handler);
        }
    }
}
