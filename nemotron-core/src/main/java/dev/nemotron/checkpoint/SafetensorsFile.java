package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file: its header checked before anything else, its data mapped and never copied, whatever their size.
 *
 * @param path the file
 * @param size its size in bytes when it was mapped
 * @param tensors the tensors by name, in the order of the header; valid as long as the arena that the file was opened with
 */
public record SafetensorsFile(Path path, long size, Map<String, Tensor> tensors) {

    /**
     * Maps a file.
     *
     * @param path the file
     * @param arena how long the tensors can be used
     * @return the file
     * @throws ModelFormatException if it cannot be read, or its header does not hold together: the message names the file,
     *     the tensor and the range of bytes
     */
    public static SafetensorsFile open(Path path, Arena arena) {
        String file = path.toString();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel, file);
            MemorySegment data =
                    channel.map(FileChannel.MapMode.READ_ONLY, header.dataStart(), header.dataSize(), arena);
            Map<String, Tensor> tensors =
                    LinkedHashMap.newLinkedHashMap(header.entries().size());
            for (SafetensorsHeader.Entry entry : header.entries()) {
                MemorySegment bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
                tensors.put(entry.name(), new Tensor(entry.name(), file, entry.dtype(), entry.shape(), bytes));
            }
            return new SafetensorsFile(
                    path, header.dataStart() + header.dataSize(), Collections.unmodifiableMap(tensors));
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be mapped (" + e + ")", e);
        }
    }

    /**
     * Finds a tensor that must be there.
     *
     * @param name its full name
     * @return the tensor
     * @throws ModelFormatException if there is none
     */
    public Tensor require(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelFormatException(path + ": tensor \"" + name + "\" is missing");
        }
        return tensor;
    }

    /**
     * Looks whether the file has become shorter than what is mapped of it, so that reading its tensors faults.
     *
     * @return whether bytes that are mapped are gone
     */
    boolean isCutShort() {
        try {
            return Files.size(path) < size;
        } catch (IOException e) {
            return false;
        }
    }
}
