package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.tokenizer.SmallTokenizers.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Vocabularies of real size, too large for the repository, do with thousands of lines what the reference library does. The
 * property names the folder that {@code make_goldens.py --real} wrote.
 */
@EnabledIfSystemProperty(named = "nemotron.tokenizers", matches = ".+")
class RealVocabularyTest {

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("nemotron.tokenizers")))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void encodesAndDecodesAsTheReferenceDoes(Path folder) {
        Tokenizer tokenizer = Tokenizer.load(folder);
        List<Golden> goldens = SmallTokenizers.goldens(folder);
        assertThat(goldens).hasSizeGreaterThan(5000);
        for (Golden golden : goldens) {
            GoldenTest.assertMatches(tokenizer, golden);
        }
    }
}
