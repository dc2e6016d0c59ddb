package dev.nemotron.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the committed test data from whatever module the tests run in. */
public final class TestData {

    private TestData() {}

    public static Path path(String first, String... more) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("testdata"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no folder \"testdata\" above " + Path.of("").toAbsolutePath());
        }
        return folder.resolve("testdata").resolve(Path.of(first, more));
    }
}
