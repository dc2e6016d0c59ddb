package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The small tokenizers of {@code testdata/tokenizer} and their goldens. */
final class SmallTokenizers {

    /** What the reference library did with a text. */
    record Golden(
            String text,
            List<Integer> ids,
            List<Integer> withSpecial,
            List<Integer> plain,
            String decoded,
            String skipped) {}

    private static final ConcurrentHashMap<String, Tokenizer> LOADED = new ConcurrentHashMap<>();

    private SmallTokenizers() {}

    static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("testdata"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder above holds testdata");
        }
        return folder.resolve("testdata/tokenizer/small");
    }

    static List<String> names() {
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Tokenizer load(String name) {
        return LOADED.computeIfAbsent(name, n -> Tokenizer.load(folder().resolve(n)));
    }

    static List<Golden> goldens(Path folder) {
        return read(folder.resolve("goldens.jsonl.gz"));
    }

    /** Returns random ids and what they decode to; their texts are empty. */
    static List<Golden> decodings(Path folder) {
        return read(folder.resolve("decodings.jsonl.gz"));
    }

    private static List<Golden> read(Path file) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> golden(Json.parseObject(line.getBytes(StandardCharsets.UTF_8), file.toString())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds for ids none of which is special, other than the one for unknown characters. */
    static Consumer<int[]> noSpecial(Tokenizer tokenizer) {
        int unknown = tokenizer.model().unknownId();
        return ids -> assertThat(Arrays.stream(ids).filter(id -> id != unknown).boxed())
                .noneMatch(tokenizer::isSpecial);
    }

    private static Golden golden(JsonObject line) {
        List<Integer> ids = ids(line, "ids");
        String decoded = TokenizerFile.string(line, "decoded");
        return new Golden(
                TokenizerFile.string(line, "text"),
                ids,
                line.has("with_special") ? ids(line, "with_special") : ids,
                line.has("plain") ? ids(line, "plain") : ids,
                decoded,
                line.has("skipped") ? TokenizerFile.string(line, "skipped") : decoded);
    }

    private static List<Integer> ids(JsonObject line, String key) {
        return Objects.requireNonNull(line.list(key)).stream()
                .map(id -> Math.toIntExact((Long) Objects.requireNonNull(id)))
                .toList();
    }

    static List<Integer> list(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    static int[] array(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
