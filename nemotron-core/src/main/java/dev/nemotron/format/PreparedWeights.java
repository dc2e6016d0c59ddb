package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.SafetensorsFile;
import dev.nemotron.checkpoint.SafetensorsWriter;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * The weights of a folder laid out as the kernels like them, without loss: written to a file once, or made in memory. Only
 * NVFP4 gains by it; all else stays in the checkpoint.
 */
public final class PreparedWeights {

    /** The usual name of the file, in the model's folder. */
    public static final String FILE_NAME = "nemotron.prepared";

    /** The name of the format that gains by it. */
    public static final String FORMAT = Nvfp4PanelFormat.instance().name();

    /** The tensor that tells the layout by its name and the weights by its content. */
    private static final String MARK = "nemotron.prepared.1";

    /** How it begins in any version. */
    private static final String ANY_MARK = "nemotron.prepared.";

    /** About as many bytes of panels are made before they are written. */
    private static final long TOGETHER = 1 << 20;

    private PreparedWeights() {}

    /**
     * Writes the file, under its name only when it is complete.
     *
     * @param checkpoint the folder as published
     * @param file where to
     * @param progress hears the fraction that is written, from 0 to 1
     * @throws IOException if it cannot be written; nothing is left behind then
     * @throws IllegalArgumentException if no matrix gains by it, or the file is a folder, lies in none, or is there already
     *     and neither has {@link #FILE_NAME} nor was written by this method
     * @throws ModelFormatException if a matrix is damaged
     * @throws UnsupportedModelException if a matrix has tensors beside it that change its meaning
     */
    public static void write(Checkpoint checkpoint, Path file, DoubleConsumer progress) throws IOException {
        requireReplaceable(file);
        List<Nvfp4Module> modules = Nvfp4Module.all(checkpoint);
        if (modules.isEmpty()) {
            throw new IllegalArgumentException(
                    checkpoint.folder() + ": has no NVFP4 weights; other formats run from the folder as it is");
        }
        double total = modules.stream().mapToLong(PreparedWeights::panelBytes).sum();
        long[] done = new long[1];
        Map<Nvfp4Module, StoredMatrix> matrices = new LinkedHashMap<>();
        modules.forEach(module -> matrices.put(module, module.matrix()));
        SafetensorsWriter writer = new SafetensorsWriter();
        matrices.forEach((module, matrix) -> writer.add(module.panels(), DType.U8, panelShape(module), channel -> {
            writePanels(matrix, channel);
            done[0] += panelBytes(module);
            progress.accept(done[0] / total);
        }));
        matrices.forEach((module, matrix) ->
                writer.add(module.factor(), DType.F32, Nvfp4PanelFormat.FACTOR_SHAPE, factor(matrix)));
        byte[] fingerprint = checkpoint.fingerprint();
        writer.add(MARK, DType.U8, List.of((long) fingerprint.length), MemorySegment.ofArray(fingerprint));
        writer.write(file);
    }

    /** Before anything is read, since writing may take minutes; and so that nobody loses his weights by a slip. */
    private static void requireReplaceable(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(target + ": a folder, expected the file to write");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(target + ": cannot be written, there is no folder " + folder);
        }
        if (Files.exists(target) && !target.endsWith(FILE_NAME) && !isPrepared(target)) {
            throw new IllegalArgumentException(
                    target + ": is there already and is no prepared file; delete it, or name another");
        }
    }

    private static boolean isPrepared(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            return isMarked(SafetensorsFile.open(file, arena));
        } catch (ModelFormatException e) {
            return false;
        }
    }

    private static boolean isMarked(SafetensorsFile file) {
        return file.tensors().keySet().stream().anyMatch(name -> name.startsWith(ANY_MARK));
    }

    private static void writePanels(StoredMatrix matrix, WritableByteChannel channel) throws IOException {
        long bytes = Panels.bytes(matrix.columns());
        int together = Math.toIntExact(Math.max(1, TOGETHER / Math.max(1, bytes)));
        MemorySegment panels = Arena.ofAuto().allocate(together * bytes, 64);
        for (int first = 0; first < Panels.count(matrix.rows()); first += together) {
            int count = Math.min(together, Panels.count(matrix.rows()) - first);
            pack(matrix, first, count, panels);
            ByteBuffer buffer = panels.asSlice(0, count * bytes).asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** Makes {@code count} panels, from number {@code first} on. */
    private static void pack(StoredMatrix matrix, int first, int count, MemorySegment to) {
        long bytes = Panels.bytes(matrix.columns());
        for (int p = 0; p < count; p++) {
            Panels.pack(matrix, (first + p) * Panels.ROWS, matrix.rows(), to, p * bytes);
        }
    }

    /**
     * Puts what a file holds in the place of the matrices that it was made of.
     *
     * @param checkpoint the folder as published
     * @param file what {@link #write} has written
     * @return the checkpoint with those matrices
     * @throws ModelFormatException if the file is damaged, was made of other weights, or holds anything but the panels and
     *     the factors of all NVFP4 matrices of the checkpoint
     */
    public static Checkpoint map(Checkpoint checkpoint, Path file) {
        SafetensorsFile prepared = checkpoint.mapBeside(file);
        if (!isMarked(prepared)) {
            throw new ModelFormatException(file + ": is no prepared file");
        }
        Tensor mark = prepared.tensors().get(MARK);
        if (mark == null || mark.data().mismatch(MemorySegment.ofArray(checkpoint.fingerprint())) >= 0) {
            throw new ModelFormatException(file
                    + ": was not made of the weights in " + checkpoint.folder()
                    + ", or by another version; delete it, or run prepare again");
        }
        List<Nvfp4Module> modules = Nvfp4Module.all(checkpoint);
        Map<String, Tensor> instead = new LinkedHashMap<>();
        for (Nvfp4Module module : modules) {
            put(instead, require(prepared, module.panels(), DType.U8, panelShape(module)));
            put(instead, require(prepared, module.factor(), DType.F32, Nvfp4PanelFormat.FACTOR_SHAPE));
        }
        for (String name : prepared.tensors().keySet()) {
            if (!name.equals(MARK) && !instead.containsKey(name)) {
                throw new ModelFormatException(file + ": tensor \"" + name + "\" belongs to no NVFP4 matrix of "
                        + checkpoint.folder() + "; delete the file, or run prepare again");
            }
        }
        return replacing(checkpoint, modules, instead, List.of(prepared));
    }

    private static Tensor require(SafetensorsFile prepared, String name, DType dtype, List<Long> shape) {
        Tensor tensor = prepared.require(name);
        if (tensor.dtype() != dtype || !tensor.shape().equals(shape)) {
            throw new ModelFormatException(prepared.path() + ": tensor \"" + name + "\" is " + tensor.dtype() + " "
                    + tensor.shape() + ", expected " + dtype + " " + shape);
        }
        return tensor;
    }

    /**
     * Lays out all matrices in memory.
     *
     * @param checkpoint the folder as published
     * @return the checkpoint with those matrices
     * @throws ModelFormatException if a matrix is damaged
     * @throws UnsupportedModelException if a matrix has tensors beside it that change its meaning
     */
    public static Checkpoint inMemory(Checkpoint checkpoint) {
        List<Nvfp4Module> modules = Nvfp4Module.all(checkpoint);
        Map<String, Tensor> instead = new LinkedHashMap<>();
        for (Nvfp4Module module : modules) {
            StoredMatrix matrix = module.matrix();
            MemorySegment panels = checkpoint.allocate(panelBytes(module));
            pack(matrix, 0, Panels.count(matrix.rows()), panels);
            put(instead, inMemory(module.panels(), DType.U8, panelShape(module), panels));
            put(instead, inMemory(module.factor(), DType.F32, Nvfp4PanelFormat.FACTOR_SHAPE, factor(matrix)));
        }
        return replacing(checkpoint, modules, instead, List.of());
    }

    private static Tensor inMemory(String name, DType dtype, List<Long> shape, MemorySegment data) {
        return new Tensor(name, "memory", dtype, shape, data.asReadOnly());
    }

    private static void put(Map<String, Tensor> tensors, Tensor tensor) {
        tensors.put(tensor.name(), tensor);
    }

    private static Checkpoint replacing(
            Checkpoint checkpoint,
            List<Nvfp4Module> modules,
            Map<String, Tensor> instead,
            List<SafetensorsFile> beside) {
        Set<String> gone = new LinkedHashSet<>();
        Map<String, Tensor> all = new LinkedHashMap<>(instead);
        for (Nvfp4Module module : modules) {
            gone.addAll(module.parts());
            MemorySegment dimensions = Nvfp4PanelFormat.dimensions(module.rows(), module.columns());
            put(all, inMemory(module.dimensions(), DType.I64, List.of(2L), dimensions));
        }
        return checkpoint.replacing(gone, all, beside);
    }

    private static List<Long> panelShape(Nvfp4Module module) {
        return Nvfp4PanelFormat.shape(module.rows(), module.columns());
    }

    private static long panelBytes(Nvfp4Module module) {
        return Panels.count(module.rows()) * Panels.bytes(module.columns());
    }

    private static MemorySegment factor(StoredMatrix matrix) {
        MemorySegment factor = MemorySegment.ofArray(new byte[Float.BYTES]);
        factor.set(Tensor.F32_LE, 0, matrix.factor());
        return factor;
    }
}
