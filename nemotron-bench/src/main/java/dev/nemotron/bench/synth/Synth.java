package dev.nemotron.bench.synth;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.SafetensorsWriter;
import dev.nemotron.checkpoint.TensorContent;
import dev.nemotron.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model folder in the true shape of a published model: same configuration, same tensors in the same formats, same
 * size of the tokenizer, but random weights. Such a folder costs as much to run as the published one and says nothing of
 * sense. The same shape and format give the same bytes every time. Not thread-safe; one instance writes one folder.
 */
public final class Synth {

    private static final long SEED = 0x4e656d6f74726f6eL;

    /** What tokenizer, index and configuration take beside the weights, at most. */
    private static final long SMALL_FILES = 64 << 20;

    private final Shape shape;
    private final Layout layout;
    private final Shards shards;
    private final Progress progress;
    private final long total;
    private final Map<Pool.Kind, Pool> pools = new HashMap<>();
    private long written;

    private Synth(Shape shape, Format format, long shardSize, Progress progress) {
        this.shape = shape;
        this.layout = Layout.of(shape, format);
        this.shards = Shards.cut(layout.tensors(), shardSize);
        this.total = shards.byteSize();
        this.progress = progress;
    }

    /**
     * The size of a folder's weights.
     *
     * @param shape the model
     * @param format the release
     * @return the size of all tensors in bytes
     */
    public static long weightBytes(Shape shape, Format format) {
        return Shards.cut(Layout.of(shape, format).tensors(), Shards.USUAL_SIZE).byteSize();
    }

    /**
     * Writes a folder. It appears under its name only when it is complete.
     *
     * @param shape the model
     * @param format the release
     * @param out the folder, which must not exist; its parent must
     * @param progress takes how far the writing has come
     * @throws FileAlreadyExistsException if {@code out} exists
     * @throws IOException if it cannot be written, or the disk has too little room; nothing is left behind then
     */
    public static void write(Shape shape, Format format, Path out, Progress progress) throws IOException {
        write(shape, format, out, Shards.USUAL_SIZE, progress);
    }

    /** Writes a folder whose files are cut at a size of the caller's choice. */
    static void write(Shape shape, Format format, Path out, long shardSize, Progress progress) throws IOException {
        Path target = out.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (Files.exists(target) || parent == null) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "exists, and is not overwritten; name a new folder");
        }
        if (!Files.isDirectory(parent)) {
            throw new IOException(parent + ": no such folder, create it first");
        }
        Synth synth = new Synth(shape, format, shardSize, progress);
        synth.requireRoom(parent);
        Path temporary = Files.createDirectory(parent.resolve(target.getFileName() + ".part-" + UUID.randomUUID()));
        try {
            synth.write(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteIfExists(temporary);
        }
    }

    private void requireRoom(Path parent) throws IOException {
        FileStore store = Files.getFileStore(parent);
        long needed = total + SMALL_FILES;
        if (store.getUsableSpace() < needed) {
            throw new IOException(parent + ": " + (needed >> 20) + " MiB are needed, " + (store.getUsableSpace() >> 20)
                    + " MiB are free; choose a smaller shape or format, or another disk");
        }
    }

    private void write(Path folder) throws IOException {
        QuantisationMetadata quantisation = QuantisationMetadata.of(shape, layout);
        Map<String, @Nullable Object> config = shape.configKeys();
        if (quantisation != null) {
            config.put("quantization_config", quantisation.configKey());
            json(folder, "hf_quant_config.json", quantisation.ownFile());
        }
        json(folder, "config.json", config);
        texts(folder);
        if (shards.files().size() > 1) {
            json(folder, "model.safetensors.index.json", shards.index());
        }
        for (Map.Entry<String, List<PlannedTensor>> file : shards.files().entrySet()) {
            SafetensorsWriter writer = new SafetensorsWriter();
            for (PlannedTensor tensor : file.getValue()) {
                writer.add(tensor.name(), tensor.dtype(), tensor.shape(), content(tensor));
            }
            writer.write(folder.resolve(file.getKey()));
        }
    }

    private void texts(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                SyntheticTokenizer.json(shape.sizes().vocabularySize()));
        Map<String, @Nullable Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("tokenizer_class", "PreTrainedTokenizerFast");
        tokenizer.put("bos_token", "<s>");
        tokenizer.put("eos_token", "<|im_end|>");
        tokenizer.put("unk_token", "<unk>");
        tokenizer.put("model_max_length", shape.sizes().maxPositions());
        json(folder, "tokenizer_config.json", tokenizer);
        Map<String, @Nullable Object> generation = new LinkedHashMap<>();
        generation.put("bos_token_id", 1);
        generation.put("eos_token_id", List.of(2, 11));
        generation.put("pad_token_id", 0);
        generation.put("do_sample", true);
        generation.put("temperature", 1.0);
        generation.put("top_p", 1.0);
        json(folder, "generation_config.json", generation);
        try (InputStream template = Synth.class.getResourceAsStream("chat_template.jinja")) {
            if (template == null) {
                throw new IllegalStateException("the chat template is missing from the jar");
            }
            Files.copy(template, folder.resolve("chat_template.jinja"));
        }
    }

    private static void json(Path folder, String name, Map<String, ?> content) throws IOException {
        Files.writeString(folder.resolve(name), JsonWriter.write(content) + "\n", StandardCharsets.UTF_8);
    }

    private TensorContent content(PlannedTensor tensor) {
        return channel -> {
            RandomGenerator random = new SplittableRandom(SEED ^ seed(tensor.name()));
            switch (tensor.values()) {
                case Values.Pooled(Pool.Kind kind) ->
                    pools.computeIfAbsent(kind, key -> new Pool(key, new SplittableRandom(SEED)))
                            .writeTo(channel, tensor.byteSize(), random);
                case Values.Each each -> writeEach(channel, tensor, each, random);
            }
            written += tensor.byteSize();
            progress.written(written, total);
        };
    }

    private static void writeEach(
            WritableByteChannel channel, PlannedTensor tensor, Values.Each each, RandomGenerator random)
            throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(tensor.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            float value = (float) each.draw().applyAsDouble(random);
            if (tensor.dtype() == DType.BF16) {
                bytes.putShort(Pool.bf16(value));
            } else {
                bytes.putFloat(value);
            }
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A seed of a tensor's own, so that its values do not depend on the order of writing. */
    private static long seed(String name) {
        long seed = 0;
        for (int i = 0; i < name.length(); i++) {
            seed = (seed ^ name.charAt(i)) * 0x9e3779b97f4a7c15L;
            seed ^= seed >>> 29;
        }
        return seed;
    }

    private static void deleteIfExists(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.delete(folder);
    }
}
