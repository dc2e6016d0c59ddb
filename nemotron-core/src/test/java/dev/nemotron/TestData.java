package dev.nemotron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the folder {@code testdata} above the working directory. */
public final class TestData {

    private TestData() {}

    public static Path folder(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("testdata").resolve(name);
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no folder testdata/" + name + " above the working directory");
    }

    /** The model folders that have goldens. */
    public static List<Path> checkpoints() {
        try (Stream<Path> folders = Files.list(folder("checkpoints"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("golden.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
