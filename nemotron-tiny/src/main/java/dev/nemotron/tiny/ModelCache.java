package dev.nemotron.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the model into a cache folder that other JVMs use at the same time. There is no lock: each file is written beside the
 * folder under a name of its own and renamed when it is complete. Whoever comes second replaces a file by an equal one at worst,
 * and a file that is in use keeps its content until it is closed.
 */
final class ModelCache {

    private static final String PREFIX = "nemotron-tiny-";
    private static final String PART = ".part";

    /** Long after any JVM would have finished a part: its writer was killed. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Function<String, @Nullable InputStream> source;
    private final Manifest manifest;

    /**
     * Reads the manifest.
     *
     * @param source opens a file of the model by its name, {@code manifest} among them; null where there is none
     * @throws IllegalStateException if there is no manifest, or it is malformed
     */
    ModelCache(Function<String, @Nullable InputStream> source) {
        this.source = source;
        try (InputStream in = open("manifest")) {
            this.manifest = Manifest.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the nemotron-tiny jar cannot be read: model/manifest", e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Makes sure that the model is there and intact.
     *
     * @param cache the cache folder; made where it is missing
     * @return the model's folder in it
     * @throws IOException if a file has to be written and cannot be
     * @throws IllegalStateException if the source lacks a file, or it is not what the manifest says
     */
    Path install(Path cache) throws IOException {
        sweep(cache);
        Path folder = cache.resolve(PREFIX + manifest.version());
        for (ModelFile file : manifest.files()) {
            if (!file.isIntact(folder.resolve(file.name()))) {
                Files.createDirectories(folder);
                write(file, cache, folder.resolve(file.name()));
            }
        }
        return folder;
    }

    private void write(ModelFile file, Path cache, Path target) throws IOException {
        Path part = cache.resolve(PREFIX + UUID.randomUUID() + PART);
        try {
            try (InputStream in = open(file.name())) {
                Files.copy(in, part);
            }
            if (!file.isIntact(part)) {
                throw new IllegalStateException("the nemotron-tiny jar is damaged: model/" + file.name()
                        + " is not the file that model/manifest describes");
            }
            rename(part, file, target);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void rename(Path part, ModelFile file, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Windows refuses to replace a file in use: somebody was faster.
            if (!file.isIntact(target)) {
                throw e;
            }
        }
    }

    private InputStream open(String name) {
        InputStream in = source.apply(name);
        if (in == null) {
            throw new IllegalStateException("the nemotron-tiny jar lacks model/" + name
                    + "; where it was built from sources, testdata/training makes the model");
        }
        return in;
    }

    private static void sweep(Path cache) {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(cache, PREFIX + "*" + PART)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A cache that is missing or read-only has nothing to sweep, and another JVM may sweep at the same time.
            return;
        }
    }
}
