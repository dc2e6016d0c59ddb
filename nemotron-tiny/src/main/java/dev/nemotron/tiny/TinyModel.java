package dev.nemotron.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small trained model of the Nemotron 3 Super architecture that travels in this jar. Unit tests can run a real model with it,
 * and a first try needs no download:
 *
 * {@snippet lang = java:
 * try (Model model = Model.load(TinyModel.path())) {
 *     String answer = model.chat(List.of(ChatMessage.user("What is 27 + 48?"))).text();
 * }
 * }
 *
 * <p>It is a demonstration: it knows a handful of tasks and nothing of the world.
 *
 * <p>The model's files are written once for each version of the model, into {@code nemotron-tiny-VERSION} below
 *
 * <table>
 * <caption>The cache folder: the first line that applies</caption>
 * <thead><tr><th scope="col">where</th><th scope="col">folder</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">system property {@value #CACHE_PROPERTY}</th><td>its value, and no other</td></tr>
 * <tr><th scope="row">Windows</th><td>{@code %LOCALAPPDATA%\nemotron}</td></tr>
 * <tr><th scope="row">macOS</th><td>{@code ~/Library/Caches/nemotron}</td></tr>
 * <tr><th scope="row">elsewhere</th><td>{@code $XDG_CACHE_HOME/nemotron}, by default {@code ~/.cache/nemotron}</td></tr>
 * <tr><th scope="row">none of them can be written</th><td>{@code nemotron-USER} in the temporary folder</td></tr>
 * </tbody>
 * </table>
 *
 * <p>The folder may be deleted whenever no model is loaded from it.
 */
public final class TinyModel {

    /** The system property that names the cache folder. */
    public static final String CACHE_PROPERTY = "nemotron.tiny.cache";

    private static @Nullable Verified verified;

    private TinyModel() {}

    /**
     * Gives the model's folder, and writes it first where it is missing or damaged. Safe to be called by many threads and many
     * JVMs at once: a file appears under its name only when it is complete, and an intact file is never touched. The first call
     * of a JVM compares the files' checksums, later ones only their sizes.
     *
     * @return the folder, in the published layout
     * @throws UncheckedIOException if no cache folder can be written; the message names those that were tried
     * @throws IllegalStateException if the jar lacks the model, or it is damaged
     */
    public static synchronized Path path() {
        List<Path> folders = CacheFolders.candidates(System::getProperty, System::getenv);
        Verified before = verified;
        if (before != null && before.folders.equals(folders) && before.manifest.hasSizes(before.path)) {
            return before.path;
        }
        ModelCache cache = new ModelCache(TinyModel::open);
        Verified now = new Verified(folders, cache.manifest(), install(cache, folders));
        verified = now;
        return now.path;
    }

    private static Path install(ModelCache cache, List<Path> folders) {
        IOException failure = new IOException("nemotron-tiny cannot write its model to " + folders
                + "; name a folder that can be written with -D" + CACHE_PROPERTY + "=FOLDER");
        for (Path folder : folders) {
            try {
                return cache.install(folder);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        throw new UncheckedIOException(failure.getMessage(), failure);
    }

    private static @Nullable InputStream open(String name) {
        return TinyModel.class.getResourceAsStream("model/" + name);
    }

    private record Verified(List<Path> folders, Manifest manifest, Path path) {}
}
