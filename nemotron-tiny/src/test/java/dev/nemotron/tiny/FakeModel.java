package dev.nemotron.tiny;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two files that stand for a model, one of them large enough that writing it takes a while. */
final class FakeModel {

    static final String LARGE = "model.safetensors";
    static final String SMALL = "config.json";

    private FakeModel() {}

    static Map<String, byte[]> files() {
        byte[] large = new byte[3_000_000];
        new Random(7).nextBytes(large);
        Map<String, byte[]> files = new TreeMap<>();
        files.put(LARGE, large);
        files.put(SMALL, "{\"model_type\": \"none\"}".getBytes(StandardCharsets.UTF_8));
        files.put("manifest", manifest(files).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    static ModelCache cache() {
        return cache(files());
    }

    static ModelCache cache(Map<String, byte[]> files) {
        return new ModelCache(name -> open(files, name));
    }

    private static @Nullable InputStream open(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        return content == null ? null : new ByteArrayInputStream(content);
    }

    private static String manifest(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> lines.append(
                        HexFormat.of().formatHex(ModelFile.digest().digest(content)))
                .append(' ')
                .append(content.length)
                .append(' ')
                .append(name)
                .append('\n'));
        return lines.toString();
    }
}
