package dev.nemotron.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a safetensors file. The file appears under its name only when it is complete, so that a model that has an older
 * file of that name mapped is never cut short. Not thread-safe; one instance writes one file.
 */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final long CHUNK = 64 << 20;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

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
        Tensor tensor = new Tensor(TensorName.check(name, "writer"), "writer", dtype, List.copyOf(shape), data);
        if (Math.multiplyExact(tensor.elementCount(), dtype.bits()) != Math.multiplyExact(data.byteSize(), Byte.SIZE)) {
            throw new IllegalArgumentException(
                    name + ": " + dtype + " " + shape + " does not have " + data.byteSize() + " bytes");
        }
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException(name + ": added twice");
        }
        return this;
    }

    /**
     * Writes the file, replacing an older one of that name.
     *
     * @param file where to
     * @throws IOException if it cannot be written; nothing is left behind then
     */
    public void write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                writeFully(channel, header());
                for (Tensor tensor : tensors.values()) {
                    for (long from = 0; from < tensor.data().byteSize(); from += CHUNK) {
                        long count = Math.min(CHUNK, tensor.data().byteSize() - from);
                        writeFully(channel, tensor.data().asSlice(from, count).asByteBuffer());
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
        for (Tensor tensor : tensors.values()) {
            long end = offset + tensor.data().byteSize();
            json.append(",\"")
                    .append(escape(tensor.name()))
                    .append("\":{\"dtype\":\"")
                    .append(tensor.dtype());
            json.append("\",\"shape\":[")
                    .append(tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(",")));
            json.append("],\"data_offsets\":[")
                    .append(offset)
                    .append(',')
                    .append(end)
                    .append("]}");
            offset = end;
        }
        byte[] utf8 = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(utf8.length, ALIGNMENT) * ALIGNMENT;
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

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
