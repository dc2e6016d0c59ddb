package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTest {

    @TempDir
    private Path parent;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int synth(String... arguments) {
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new CommandLine(new SynthCommand(to, errors))
                .setErr(new java.io.PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void writesAFolderAndSaysWhatIsInIt() {
        Path folder = parent.resolve("model");

        int code = synth("tiny", "nvfp4", folder.toString(), "--json");

        assertThat(code).isZero();
        Map<?, ?> document = (Map<?, ?>) Json.parse(out.toString(StandardCharsets.UTF_8), "output");
        assertThat(document.get("shape")).isEqualTo("tiny");
        assertThat((long) document.get("parameters")).isPositive();
        assertThat(folder.resolve("model.safetensors")).exists();
    }

    @Test
    void namesTheShapesThatThereAreWhenOneIsUnknown() {
        assertThat(synth("huge", "bf16", parent.resolve("model").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no shape \"huge\"")
                .contains("super-120b-a12b");
    }
}
