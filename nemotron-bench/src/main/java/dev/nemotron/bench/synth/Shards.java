package dev.nemotron.bench.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a release: tensors in the order of the model, cut where a file would exceed its size; within a file sorted by
 * type and name, as the usual writer does, so that weights and their scales lie apart.
 *
 * @param files the tensors of each file by its name
 */
record Shards(Map<String, List<PlannedTensor>> files) {

    /** The usual size of a file of a release, in bytes. */
    static final long USUAL_SIZE = 5_000_000_000L;

    private static final Comparator<PlannedTensor> ORDER =
            Comparator.comparing(PlannedTensor::dtype).reversed().thenComparing(PlannedTensor::name);

    /** Cuts. */
    static Shards cut(List<PlannedTensor> tensors, long size) {
        List<List<PlannedTensor>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        long filled = 0;
        for (PlannedTensor tensor : tensors) {
            if (filled > 0 && filled + tensor.byteSize() > size) {
                parts.add(new ArrayList<>());
                filled = 0;
            }
            parts.getLast().add(tensor);
            filled += tensor.byteSize();
        }
        Map<String, List<PlannedTensor>> files = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).sort(ORDER);
            files.put(
                    parts.size() == 1
                            ? "model.safetensors"
                            : "model-%05d-of-%05d.safetensors".formatted(i + 1, parts.size()),
                    parts.get(i));
        }
        return new Shards(files);
    }

    /** The size of all tensors. */
    long byteSize() {
        return files.values().stream()
                .flatMap(List::stream)
                .mapToLong(PlannedTensor::byteSize)
                .sum();
    }

    /** The content of {@code model.safetensors.index.json}. */
    Map<String, Object> index() {
        Map<String, Object> weightMap = new LinkedHashMap<>();
        files.forEach((file, tensors) -> tensors.forEach(tensor -> weightMap.put(tensor.name(), file)));
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", Map.of("total_size", byteSize()));
        index.put("weight_map", weightMap);
        return index;
    }
}
