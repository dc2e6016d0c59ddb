package dev.nemotron;

import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an independent float64 reference computed for a small checkpoint; see testdata/README.md. */
public record Golden(Path folder, List<Sequence> sequences) {

    public record Sequence(
            String name,
            int[] ids,
            List<Integer> positions,
            List<double[]> logits,
            List<Integer> greedy,
            List<double[]> drafts) {}

    public static Golden load(Path folder) {
        JsonObject json = Json.readObject(folder.resolve("golden.json"));
        List<Sequence> sequences = new ArrayList<>();
        for (Object item : Objects.requireNonNull(json.list("sequences"))) {
            Map<?, ?> sequence = (Map<?, ?>) Objects.requireNonNull(item);
            Map<?, ?> draft = (Map<?, ?>) sequence.get("draft");
            sequences.add(new Sequence(
                    (String) sequence.get("name"),
                    integers(sequence.get("ids")).stream()
                            .mapToInt(Integer::intValue)
                            .toArray(),
                    integers(sequence.get("positions")),
                    rows(sequence.get("logits")),
                    integers(sequence.get("greedy")),
                    draft == null ? List.of() : rows(draft.get("logits"))));
        }
        return new Golden(folder, sequences);
    }

    private static List<Integer> integers(Object list) {
        return ((List<?>) list).stream().map(n -> ((Number) n).intValue()).toList();
    }

    private static List<double[]> rows(Object list) {
        return ((List<?>) list)
                .stream()
                        .map(row -> ((List<?>) row)
                                .stream()
                                        .mapToDouble(n -> ((Number) n).doubleValue())
                                        .toArray())
                        .toList();
    }

    /** |found − expected|₂ / |expected|₂. */
    public static double relativeError(float[] found, double[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(difference / norm);
    }
}
