package dev.nemotron.tiny;

import java.io.IOException;
import java.nio.file.Path;

/** What a JVM of its own does in {@link ModelCacheTest}. */
final class InstallFakeModel {

    private InstallFakeModel() {}

    public static void main(String... args) throws IOException {
        System.out.print(FakeModel.cache().install(Path.of(args[0])));
    }
}
