package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyModelTest {

    private static final long EIGHT_MEGABYTES = 8_000_000;

    @TempDir
    Path root;

    private final Map<String, @Nullable String> before = new HashMap<>();

    @BeforeEach
    void useACacheOfItsOwn() {
        set(TinyModel.CACHE_PROPERTY, root.resolve("cache").toString());
    }

    @AfterEach
    void restoreProperties() {
        before.forEach(TinyModelTest::write);
    }

    @Test
    void givesACompleteFolderBelowTheNamedOne() throws IOException {
        Path folder = TinyModel.path();

        assertThat(folder.getParent()).isEqualTo(root.resolve("cache"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "chat_template.jinja",
                            "config.json",
                            "generation_config.json",
                            "model.safetensors",
                            "tokenizer.json",
                            "tokenizer_config.json");
        }
    }

    @Test
    void theModelIsSmall() throws IOException {
        long size = 0;
        for (ModelFile file : manifest().files()) {
            size += Files.size(TinyModel.path().resolve(file.name()));
        }

        assertThat(size).isBetween(1_000_000L, EIGHT_MEGABYTES);
    }

    @Test
    void writesAgainWhatDisappearedSinceTheLastCall() throws IOException {
        Path weights = TinyModel.path().resolve("model.safetensors");
        Files.delete(weights);

        TinyModel.path();

        assertThat(weights).exists();
    }

    @Test
    void followsTheSystemPropertyWhenItChanges() {
        Path first = TinyModel.path();
        set(TinyModel.CACHE_PROPERTY, root.resolve("other").toString());

        assertThat(TinyModel.path()).startsWith(root.resolve("other")).isNotEqualTo(first);
    }

    @Test
    void aFolderThatCannotBeWrittenIsAClearErrorWhereTheUserNamedIt() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        set(TinyModel.CACHE_PROPERTY, file.toString());

        assertThatThrownBy(TinyModel::path)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("-Dnemotron.tiny.cache=");
    }

    @Test
    void aHomeThatCannotBeWrittenIsReplacedByTheTemporaryFolder() throws IOException {
        Path temporary = Files.createDirectory(root.resolve("tmp"));
        set(TinyModel.CACHE_PROPERTY, null);
        set("java.io.tmpdir", temporary.toString());

        // A file in the place of the home stops the superuser too, whom permissions do not.
        set("user.home", Files.createFile(root.resolve("home")).toString());
        assumeThat(System.getenv("XDG_CACHE_HOME")).isNull();

        Path folder = TinyModel.path();

        assertThat(folder).startsWith(temporary);
        assertThat(manifest().hasSizes(folder)).isTrue();
    }

    private static Manifest manifest() throws IOException {
        try (InputStream in = TinyModel.class.getResourceAsStream("model/manifest")) {
            return Manifest.parse(Objects.requireNonNull(in).readAllBytes());
        }
    }

    private void set(String property, @Nullable String value) {
        if (!before.containsKey(property)) {
            before.put(property, System.getProperty(property));
        }
        write(property, value);
    }

    private static void write(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
