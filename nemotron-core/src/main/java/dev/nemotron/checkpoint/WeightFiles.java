package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds and maps the safetensors files of a folder, by its index or because there is only one. */
final class WeightFiles {

    private static final System.Logger LOG = System.getLogger(WeightFiles.class.getName());
    private static final String SUFFIX = ".safetensors";

    private WeightFiles() {}

    /**
     * Maps all weights of a folder.
     *
     * @param folder the model folder
     * @param arena how long the tensors can be used
     * @return the files
     * @throws ModelFormatException if there are none, one is missing or damaged, or index and files disagree
     */
    static List<SafetensorsFile> open(Path folder, Arena arena) {
        Path index = folder.resolve(ShardIndex.FILE_NAME);
        if (Files.exists(index)) {
            return shards(folder, ShardIndex.read(index), arena);
        }
        return List.of(SafetensorsFile.open(single(folder), arena));
    }

    /** Whether the folder holds an index or any weight file at all, be it complete or not. */
    static boolean areIn(Path folder) {
        if (Files.exists(folder.resolve(ShardIndex.FILE_NAME))) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(path ->
                    path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX));
        } catch (IOException e) {
            throw new ModelFormatException(folder + ": cannot be listed (" + e + ")", e);
        }
    }

    private static List<SafetensorsFile> shards(Path folder, ShardIndex index, Arena arena) {
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        for (String shard : index.shardOf().values()) {
            if (!files.containsKey(shard)) {
                Path path = folder.resolve(shard);
                if (!Files.isRegularFile(path)) {
                    throw new ModelFormatException(path + ": named by " + ShardIndex.FILE_NAME
                            + " but not a file; the download is incomplete, fetch the missing file");
                }
                files.put(shard, SafetensorsFile.open(path, arena));
            }
        }
        agree(index, files);
        return List.copyOf(files.values());
    }

    private static void agree(ShardIndex index, Map<String, SafetensorsFile> files) {
        index.shardOf().forEach((tensor, shard) -> {
            SafetensorsFile file = files.get(shard);
            if (file == null || !file.tensors().containsKey(tensor)) {
                throw new ModelFormatException(index.file() + ": sends tensor \"" + tensor + "\" to " + shard
                        + ", which does not hold it; index and weights are of different downloads");
            }
        });
        for (Map.Entry<String, SafetensorsFile> file : files.entrySet()) {
            List<String> unmapped = file.getValue().tensors().keySet().stream()
                    .filter(tensor -> !index.shardOf().containsKey(tensor))
                    .toList();
            if (!unmapped.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        () -> index.file() + ": does not list " + unmapped.size() + " tensors of " + file.getKey()
                                + ", the first is \"" + unmapped.getFirst() + "\"");
            }
        }
    }

    private static Path single(Path folder) {
        List<Path> candidates = new ArrayList<>();
        List<String> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(path -> {
                String name = path.getFileName().toString();
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.endsWith(SUFFIX) && !lower.startsWith("consolidated")) {
                    candidates.add(path);
                } else if (lower.endsWith(".gguf") || lower.endsWith(".bin") || lower.endsWith(".pt")) {
                    others.add(name);
                }
            });
        } catch (IOException e) {
            throw new ModelFormatException(folder + ": cannot be listed (" + e + ")", e);
        }
        Path usual = folder.resolve("model" + SUFFIX);
        if (candidates.contains(usual)) {
            return usual;
        }
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        throw new ModelFormatException(
                candidates.isEmpty() ? none(folder, others) : several(folder, candidates.size()));
    }

    private static String none(Path folder, List<String> others) {
        String found = others.isEmpty()
                ? ""
                : ", only " + others.getFirst() + (others.size() > 1 ? " and " + (others.size() - 1) + " more" : "")
                        + " of a format that is not read";
        return folder + ": no weights: expected model.safetensors or " + ShardIndex.FILE_NAME + " with its shards"
                + found + "; download the folder of the original model in safetensors form";
    }

    private static String several(Path folder, int count) {
        return folder + ": " + count + " safetensors files and no " + ShardIndex.FILE_NAME
                + " that tells which belong to the model; download the index too";
    }
}
