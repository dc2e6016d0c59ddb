package dev.nemotron.tiny;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a user's caches belong on each operating system. */
final class CacheFolders {

    private CacheFolders() {}

    /**
     * Lists the folders that may hold the model.
     *
     * @param property system properties
     * @param environment environment variables
     * @return the folders, best first
     * @throws IllegalArgumentException if the folder that the user names is no path
     */
    static List<Path> candidates(
            Function<String, @Nullable String> property, Function<String, @Nullable String> environment) {
        String named = property.apply(TinyModel.CACHE_PROPERTY);
        if (named != null && !named.isBlank()) {
            return List.of(named(named));
        }
        List<Path> folders = new ArrayList<>();
        ofUser(property, environment).map(folder -> folder.resolve("nemotron")).ifPresent(folders::add);
        absolute(property.apply("java.io.tmpdir"))
                .map(folder -> folder.resolve("nemotron-" + userName(property)))
                .ifPresent(folders::add);
        return List.copyOf(folders);
    }

    private static Path named(String folder) {
        try {
            return Path.of(folder).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "the system property " + TinyModel.CACHE_PROPERTY + " must be a folder, found " + folder, e);
        }
    }

    private static Optional<Path> ofUser(
            Function<String, @Nullable String> property, Function<String, @Nullable String> environment) {
        String system = word(property.apply("os.name"));
        Optional<Path> home = absolute(property.apply("user.home"));
        if (system.startsWith("windows")) {
            return absolute(environment.apply("LOCALAPPDATA"))
                    .or(() -> home.map(folder -> folder.resolve("AppData").resolve("Local")));
        }
        if (system.startsWith("mac")) {
            return home.map(folder -> folder.resolve("Library").resolve("Caches"));
        }
        return absolute(environment.apply("XDG_CACHE_HOME")).or(() -> home.map(folder -> folder.resolve(".cache")));
    }

    /** A home of "?", which the JVM reports for a user without an entry, must not become a folder of that name. */
    private static Optional<Path> absolute(@Nullable String folder) {
        if (folder == null || folder.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(folder)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String userName(Function<String, @Nullable String> property) {
        return word(property.apply("user.name")).replaceAll("[^a-z0-9._-]", "_");
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
