package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preparing a folder changes where its weights are read, and nothing else. */
class PrepareTest {

    private static final List<Integer> IDS = List.of(3, 14, 15, 92, 65, 35, 89, 79, 32, 38);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nvfp4-w4a4", "nvfp4-w4a16", "compressed-nvfp4", "super-mixed", "lightning-mixed"})
    void aPreparedModelGivesTheSameBits(String name) throws IOException {
        Path folder = copy(name);
        float[] before = scores(folder, ModelOptions.DEFAULT);
        List<Double> progress = new ArrayList<>();

        Path elsewhere = Model.prepare(folder, directory.resolve("elsewhere"), progress::add);
        assertThat(progress).isSorted().endsWith(1.0);
        assertThat(scores(folder, ModelOptions.builder().preparedFile(elsewhere).build()))
                .isEqualTo(before);

        assertThat(Model.prepare(folder))
                .isEqualTo(folder.resolve(ModelOptions.PREPARED_FILE))
                .exists();
        assertThat(scores(folder, ModelOptions.DEFAULT)).isEqualTo(before);
        assertThat(Model.inspect(folder).architecture()).isNotNull();
    }

    @Test
    void aFileOfOtherWeightsIsNotUsedAndIsAnErrorWhereItWasAskedFor() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path file = Model.prepare(folder);
        try (Stream<Path> files = Files.list(folder)) {
            Path weights = files.filter(f -> f.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), channel.size() - 3);
            }
        }
        float[] changed = scores(folder, ModelOptions.DEFAULT);
        Path moved = Files.move(file, directory.resolve("moved"));
        assertThat(scores(folder, ModelOptions.DEFAULT)).isEqualTo(changed);
        assertThatThrownBy(() -> scores(
                        folder, ModelOptions.builder().preparedFile(moved).build()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("was not made of the weights in " + folder);
    }

    @Test
    void aFileThatIsMissingIsAnErrorWhereItWasAskedFor() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> scores(
                        folder, ModelOptions.builder().preparedFile(missing).build()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aFolderWithoutNvfp4HasNothingToPrepare() throws IOException {
        Path folder = copy("fp8-tensor");
        assertThatThrownBy(() -> Model.prepare(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no NVFP4 weights");
        assertThat(folder.resolve(ModelOptions.PREPARED_FILE)).doesNotExist();
    }

    @Test
    void aFileThatIsNoPreparedOneIsNeverReplaced() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        for (String name : List.of("model.safetensors", "config.json")) {
            Path precious = folder.resolve(name);
            byte[] content = Files.readAllBytes(precious);
            assertThatThrownBy(() -> Model.prepare(folder, precious, fraction -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(precious + ": is there already and is no prepared file; delete it, or name another");
            assertThat(precious).hasBinaryContent(content);
        }
    }

    @Test
    void anOlderPreparedFileIsReplacedWhateverItsNameAndADamagedOneUnderTheUsualName() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path file = Model.prepare(folder);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, new byte[10]);
        assertThat(Model.prepare(folder)).hasBinaryContent(content);
        Path elsewhere = Files.move(file, directory.resolve("elsewhere"));
        assertThat(Model.prepare(folder, elsewhere, fraction -> {})).hasBinaryContent(content);
    }

    @Test
    void aTargetThatIsAFolderOrLiesInNoneIsRefusedBeforeAnythingIsRead() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        assertThatThrownBy(() -> Model.prepare(folder, directory, fraction -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory + ": a folder, expected the file to write");
        Path nowhere = directory.resolve("nowhere").resolve("prepared");
        assertThatThrownBy(() -> Model.prepare(folder, nowhere, fraction -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no folder " + nowhere.getParent());
    }

    @Test
    void anInterruptedThreadWritesNothing() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path file = Files.createDirectory(directory.resolve("out")).resolve("prepared");
        assertThatThrownBy(() -> Model.prepare(
                        folder, file, fraction -> Thread.currentThread().interrupt()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(file + ": cannot be written (interrupted)");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void weightsThatAreCutShortWhileTheyArePreparedAreNamed() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path weights = folder.resolve("model.safetensors");
        assertThatThrownBy(() -> Model.prepare(folder, directory.resolve("prepared"), fraction -> cut(weights)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(weights + ": was cut short while it was in use");
        assertThat(directory.resolve("prepared")).doesNotExist();
    }

    private static void cut(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void kernelsThatCannotReadAPreparedFileQuicklyTakeThePublishedWeights() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        ModelOptions.Builder scalar = ModelOptions.builder().backend(BackendChoice.SCALAR);
        float[] published = scores(folder, scalar.build());
        Path file = Model.prepare(folder);
        assertThat(scores(folder, scalar.build())).isEqualTo(published);
        Path elsewhere = Files.move(file, directory.resolve("elsewhere"));
        assertThat(scores(folder, scalar.preparedFile(elsewhere).build())).isEqualTo(published);
        Files.write(elsewhere, new byte[10]);
        assertThatThrownBy(() -> scores(folder, scalar.build())).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void writingThatIsBrokenOffLeavesNothingBehind() throws IOException {
        Path folder = copy("nvfp4-w4a4");
        Path file = directory.resolve("out").resolve("prepared");
        Files.createDirectory(file.getParent());
        assertThatThrownBy(() -> Model.prepare(folder, file, fraction -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        assertThat(file.getParent()).isEmptyDirectory();
    }

    private static float[] scores(Path folder, ModelOptions options) {
        try (Model model = Model.load(folder, options)) {
            return model.logits(IDS, List.of(9), 0).positions().getFirst();
        }
    }

    private Path copy(String name) throws IOException {
        Path from = TestData.folder("checkpoints/" + name);
        Path to = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
