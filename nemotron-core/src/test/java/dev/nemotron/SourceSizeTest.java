package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that nobody can read in one sitting holds more than one idea. */
class SourceSizeTest {

    private static final int MOST_LINES = 600;

    @Test
    void noSourceFileOfAnyModuleIsLongerThanTheCeiling() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        List<Path> sources = sources();
        for (Path source : sources) {
            int lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES) {
                tooLong.put(source.toString(), lines);
            }
        }

        assertThat(sources).hasSizeGreaterThan(50);
        assertThat(tooLong).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("target"))
                    .toList();
        }
    }
}
