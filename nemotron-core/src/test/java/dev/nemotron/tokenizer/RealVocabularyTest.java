package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nemotron.tokenizer.SmallTokenizers.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Vocabularies of real size, too large for the repository, do with thousands of lines what the reference library does.
 * The property names the folder that {@code make_goldens.py --real} wrote.
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

    @ParameterizedTest
    @CsvSource({
        "tekken-131k, Here is my poem:, 11745 1395 2036 28699 1058",
        "qwen-151k, Here is my poem:, 8420 374 847 32794 25",
        "llama-128k, The capital of France is, 791 6864 315 9822 374"
    })
    void publishedIdsOfKnownPromptsAreMet(String name, String prompt, String ids) {
        Path folder = Path.of(System.getProperty("nemotron.tokenizers"), name);
        assumeThat(folder).isDirectory();
        assertThat(Tokenizer.load(folder).encode(prompt, false))
                .containsExactly(Pattern.compile(" ")
                        .splitAsStream(ids)
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }
}
