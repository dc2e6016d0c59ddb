package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.TestData;
import dev.nemotron.kernel.KernelSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A weight file that is cut short under a running model. In a JVM of its own, since a kernel that does not heed the rule of
 * {@link dev.nemotron.checkpoint.MappedMemory} ends the whole JVM.
 */
class CutShortWhileGeneratingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"latent-mtp", "f32", "f16", "fp8-tensor", "nvfp4-w4a16"})
    void theAnswerFailsWithTheFilesNameAndTheJvmLives(String checkpoint) throws IOException, InterruptedException {
        copy(checkpoint);
        assertCutIsTold("model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nvfp4-w4a16", "compressed-nvfp4"})
    void soDoesAnAnswerFromAPreparedFile(String checkpoint) throws IOException, InterruptedException {
        assumeThat(KernelSelection.auto().kernels().widthBits())
                .as("prepared files are only read by kernels of that width")
                .isEqualTo(512);
        copy(checkpoint);
        assertThat(Model.prepare(folder)).isRegularFile();
        assertCutIsTold(ModelOptions.PREPARED_FILE);
    }

    private void copy(String checkpoint) throws IOException {
        try (Stream<Path> files = Files.list(TestData.folder("checkpoints/" + checkpoint))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private void assertCutIsTold(String file) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xbatch",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("jdk.module.path", "")
                                + java.io.File.pathSeparator
                                + System.getProperty("java.class.path")
                                + java.io.File.pathSeparator
                                + testClasses(),
                        GenerateFromCutFile.class.getName(),
                        folder.toString(),
                        file))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains(file).contains("cut short");
    }

    /** Surefire patches the tests into the module, so that no path names their folder. */
    private static String testClasses() {
        String name = GenerateFromCutFile.class.getName().replace('.', '/') + ".class";
        String url = String.valueOf(GenerateFromCutFile.class.getResource("/" + name));
        return Path.of(java.net.URI.create(url.substring(0, url.length() - name.length())))
                .toString();
    }
}
