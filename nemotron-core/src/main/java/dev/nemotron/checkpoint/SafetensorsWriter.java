package dev.nemotron.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes a safetensors file. The file appears under its name only when it is complete, so that a model that has an older
 * file of that name mapped is never cut short. Not thread-safe; one instance writes one file.
 */
public final class SafetensorsWriter {

    /** Tensors whose sizes are multiples of a cache line begin at one. */
    private static final int ALIGNMENT = 64;

    private static final long CHUNK = 64 << 20;

    private record Entry(DType dtype, List<Long> shape, long byteSize, TensorContent content) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Creates a writer with no tensors. */
    public SafetensorsWriter() {}

    /**
     * Adds a tensor, after those that were added before.
     *
     * @param name its name
     * @param dtype the element type
     * @param shape the dimensions
     * @param data exactly its bytes, little-endian; read when the file is written
     * @return this
     * @throws IllegalArgumentException if the name is taken, or the bytes do not fit the shape
     */
    public SafetensorsWriter add(String name, DType dtype, List<Long> shape, MemorySegment data) {
        if (data.byteSize() != byteSize(name, dtype, shape)) {
            throw new IllegalArgumentException(
                    name + ": " + dtype + " " + shape + " does not have " + data.byteSize() + " bytes");
        }
        return add(name, dtype, shape, channel -> {
            for (long from = 0; from < data.byteSize(); from += CHUNK) {
                long count = Math.min(CHUNK, data.byteSize() - from);
                writeFully(channel, data.asSlice(from, count).asByteBuffer());
            }
        });
    }

    /**
     * Adds a tensor whose bytes are made while the file is written.
     *
     * @param name its name
     * @param dtype the element type
     * @param shape the dimensions
     * @param content writes its bytes
     * @return this
     * @throws IllegalArgumentException if the name is taken, or the shape has no whole number of bytes
     */
    public SafetensorsWriter add(String name, DType dtype, List<Long> shape, TensorContent content) {
        TensorName.check(name, "writer");
        Entry entry = new Entry(dtype, List.copyOf(shape), byteSize(name, dtype, shape), content);
        if (entries.putIfAbsent(name, entry) != null) {
            throw new IllegalArgumentException(name + ": added twice");
        }
        return this;
    }

    private static long byteSize(String name, DType dtype, List<Long> shape) {
        long bits = dtype.bits();
        for (long dimension : shape) {
            bits = Math.multiplyExact(bits, dimension);
        }
        if (bits < 0 || bits % Byte.SIZE != 0) {
            throw new IllegalArgumentException(name + ": " + dtype + " " + shape + " is not a whole number of bytes");
        }
        return bits / Byte.SIZE;
    }

    /**
     * Writes the file, replacing an older one of that name.
     *
     * @param file where to
     * @throws IOException if it cannot be written; nothing is left behind then
     * @throws IllegalStateException if a {@link TensorContent} wrote another number of bytes than its tensor has
     */
    public void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        // Not a temporary file of the JDK's making, which nobody else could read.
        Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeFully(channel, header());
                for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                    long end = channel.position() + entry.getValue().byteSize();
                    entry.getValue().content().writeTo(channel);
                    if (channel.position() != end) {
                        throw new IllegalStateException(entry.getKey() + ": " + (channel.position() - end)
                                + " bytes more than the shape has were written");
                    }
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private ByteBuffer header() {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        long offset = 0;
        for (Map.Entry<String, Entry> named : entries.entrySet()) {
            Entry entry = named.getValue();
            long end = offset + entry.byteSize();
            json.append(",\"")
                    .append(escape(named.getKey()))
                    .append("\":{\"dtype\":\"")
                    .append(entry.dtype());
            json.append("\",\"shape\":[")
                    .append(entry.shape().stream().map(String::valueOf).collect(Collectors.joining(",")));
            json.append("],\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]}");
            offset = end;
        }
        byte[] utf8 = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(Long.BYTES + utf8.length, ALIGNMENT) * ALIGNMENT - Long.BYTES;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(utf8);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static String escape(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
