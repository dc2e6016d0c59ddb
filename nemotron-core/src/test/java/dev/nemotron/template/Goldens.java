package dev.nemotron.template;

import dev.nemotron.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the reference made of templates, as testdata/template/make_goldens.py wrote it down. */
final class Goldens {

    static final Path FOLDER = Path.of("..", "testdata", "template");

    /** The time that the reference was told. */
    static final Clock CLOCK =
            Clock.fixed(LocalDateTime.of(2026, 3, 7, 9, 5, 3, 45_600_000).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

    static final RenderOptions OPTIONS = RenderOptions.DEFAULT.withClock(CLOCK);

    private Goldens() {}

    static List<Map<String, @Nullable Object>> lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(line -> object(Json.parse(line, file.toString()))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    static String text(Map<String, @Nullable Object> line, String key) {
        return (String) Objects.requireNonNull(line.get(key));
    }
}
