package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.SafetensorsFile;
import dev.nemotron.checkpoint.SafetensorsWriter;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.nvfp4.Nvfp4Format;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** The tensor that tells the layout by its name and the weights by its content. */
    private static final String MARK = "nemotron.prepared.1";

    private PreparedWeights() {}

    /**
     * Adds up what would be laid out anew.
     *
     * @param checkpoint the folder as published
     * @return the bytes of all matrices that gain by it; 0 where there are none
     */
    public static long bytes(Checkpoint checkpoint) {
        return matrices(checkpoint).stream()
                .mapToLong(PreparedWeights::panelBytes)
                .sum();
    }

    /**
     * Writes the file, under its name only when it is complete.
     *
     * @param checkpoint the folder as published
     * @param file where to
     * @param progress hears the fraction that is written, from 0 to 1
     * @throws IOException if it cannot be written; nothing is left behind then
     * @throws IllegalArgumentException if no matrix gains by it
     */
    public static void write(Checkpoint checkpoint, Path file, DoubleConsumer progress) throws IOException {
        List<StoredMatrix> matrices = matrices(checkpoint);
        if (matrices.isEmpty()) {
            throw new IllegalArgumentException(
                    checkpoint.folder() + ": has no NVFP4 weights; other formats run from the folder as it is");
        }
        double total = matrices.stream().mapToLong(PreparedWeights::panelBytes).sum();
        long[] done = new long[1];
        SafetensorsWriter writer = new SafetensorsWriter();
        for (StoredMatrix matrix : matrices) {
            writer.add(
                    matrix.name() + "." + Nvfp4PanelFormat.PANELS,
                    DType.U8,
                    Nvfp4PanelFormat.shape(matrix),
                    channel -> {
                        writePanels(matrix, channel);
                        done[0] += panelBytes(matrix);
                        progress.accept(done[0] / total);
                    });
        }
        for (StoredMatrix matrix : matrices) {
            writer.add(factorName(matrix), DType.F32, List.of(1L), factor(matrix));
        }
        byte[] fingerprint = checkpoint.fingerprint();
        writer.add(MARK, DType.U8, List.of((long) fingerprint.length), MemorySegment.ofArray(fingerprint));
        writer.write(file);
    }

    private static void writePanels(StoredMatrix matrix, WritableByteChannel channel) throws IOException {
        long bytes = Panels.bytes(matrix.columns());
        int together = Math.toIntExact(Math.max(1, (1 << 20) / bytes));
        MemorySegment panels = java.lang.foreign.Arena.ofAuto().allocate(together * bytes, 64);
        for (int first = 0; first < Panels.count(matrix.rows()); first += together) {
            int count = Math.min(together, Panels.count(matrix.rows()) - first);
            for (int p = 0; p < count; p++) {
                Panels.pack(matrix, (first + p) * Panels.ROWS, matrix.rows(), panels, p * bytes);
            }
            java.nio.ByteBuffer buffer = panels.asSlice(0, count * bytes).asByteBuffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /**
     * Puts what a file holds in the place of the matrices that it was made of.
     *
     * @param checkpoint the folder as published
     * @param file what {@link #write} has written
     * @return the checkpoint with those matrices
     * @throws ModelFormatException if the file is damaged, or was made of other weights
     */
    public static Checkpoint map(Checkpoint checkpoint, Path file) {
        SafetensorsFile prepared = checkpoint.mapBeside(file);
        Tensor mark = prepared.tensors().get(MARK);
        if (mark == null
                || !java.util.Arrays.equals(mark.data().toArray(ValueLayout.JAVA_BYTE), checkpoint.fingerprint())) {
            throw new ModelFormatException(file
                    + ": was not made of the weights in " + checkpoint.folder()
                    + ", or by another version; delete it, or run prepare again");
        }
        Map<String, Tensor> instead = new LinkedHashMap<>(prepared.tensors());
        instead.remove(MARK);
        return replacing(checkpoint, instead);
    }

    /**
     * Lays out all matrices in memory.
     *
     * @param checkpoint the folder as published
     * @return the checkpoint with those matrices
     */
    public static Checkpoint inMemory(Checkpoint checkpoint) {
        Map<String, Tensor> instead = new LinkedHashMap<>();
        for (StoredMatrix matrix : matrices(checkpoint)) {
            long bytes = Panels.bytes(matrix.columns());
            MemorySegment panels = checkpoint.allocate(panelBytes(matrix));
            for (int p = 0; p < Panels.count(matrix.rows()); p++) {
                Panels.pack(matrix, p * Panels.ROWS, matrix.rows(), panels, p * bytes);
            }
            put(
                    instead,
                    matrix.name() + "." + Nvfp4PanelFormat.PANELS,
                    DType.U8,
                    Nvfp4PanelFormat.shape(matrix),
                    panels);
            put(instead, factorName(matrix), DType.F32, List.of(1L), factor(matrix));
        }
        return replacing(checkpoint, instead);
    }

    private static void put(Map<String, Tensor> to, String name, DType dtype, List<Long> shape, MemorySegment data) {
        to.put(name, new Tensor(name, "memory", dtype, shape, data.asReadOnly()));
    }

    private static Checkpoint replacing(Checkpoint checkpoint, Map<String, Tensor> instead) {
        Set<String> gone = new LinkedHashSet<>();
        for (String name : instead.keySet()) {
            String module = name.substring(0, name.lastIndexOf('.'));
            checkpoint.module(module).tensors().forEach((suffix, tensor) -> {
                if (Nvfp4Format.isPart(suffix)) {
                    gone.add(module + "." + suffix);
                }
            });
        }
        return checkpoint.replacing(gone, instead);
    }

    /** The matrices that gain, in the order of the checkpoint. */
    private static List<StoredMatrix> matrices(Checkpoint checkpoint) {
        Set<String> modules = new LinkedHashSet<>();
        for (String name : checkpoint.names()) {
            modules.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        }
        Nvfp4Format format = new Nvfp4Format();
        List<StoredMatrix> matrices = new ArrayList<>();
        for (String module : modules) {
            ModuleTensors tensors = checkpoint.module(module);
            Tensor codes =
                    tensors.find("weight_packed") == null ? tensors.find("weight") : tensors.find("weight_packed");
            if (codes != null && codes.shape().size() == 2 && codes.dtype() == DType.U8) {
                int rows = Math.toIntExact(codes.shape().getFirst());
                StoredMatrix matrix = format.recognise(
                        tensors, rows, Math.toIntExact(2 * codes.shape().getLast()));
                if (matrix != null) {
                    matrices.add(matrix);
                }
            }
        }
        return matrices;
    }

    private static long panelBytes(StoredMatrix matrix) {
        return Panels.count(matrix.rows()) * Panels.bytes(matrix.columns());
    }

    private static String factorName(StoredMatrix matrix) {
        return matrix.name() + "." + Nvfp4PanelFormat.FACTOR;
    }

    private static MemorySegment factor(StoredMatrix matrix) {
        MemorySegment factor = MemorySegment.ofArray(new byte[Float.BYTES]);
        factor.set(Tensor.F32_LE, 0, matrix.factor());
        return factor;
    }
}
