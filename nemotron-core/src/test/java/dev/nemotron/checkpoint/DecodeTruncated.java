package dev.nemotron.checkpoint;

import dev.nemotron.format.WeightFormats;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** Decodes rows until the decoder is compiled, cuts the file short, decodes on: a program for a JVM of its own. */
final class DecodeTruncated {

    private static final int ROWS = 128;
    private static final int COLUMNS = 4096;
    private static final int WARM_UP = 3_000;

    private DecodeTruncated() {}

    /** Prints the message of the exception that the fault has become. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        write(arguments[0], folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            decode(arguments[0], folder, checkpoint);
        }
    }

    private static void decode(String format, Path folder, Checkpoint checkpoint) throws IOException {
        try {
            StoredMatrix matrix = WeightFormats.recognise(checkpoint.module("m"), ROWS, COLUMNS);
            if (!matrix.format().name().equals(format)) {
                throw new IllegalStateException(matrix.format().name());
            }
            float[] out = new float[COLUMNS];
            RowDecoder decoder = matrix.format().vectorDecoder();
            for (int i = 0; i < WARM_UP; i++) {
                decoder.decode(matrix, i % 8, out, 0);
            }
            try (FileChannel channel =
                    FileChannel.open(folder.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            for (int row = 0; row < ROWS; row++) {
                decoder.decode(matrix, row, out, 0);
            }
            System.out.println("no fault");
        } catch (InternalError e) {
            System.out.println(checkpoint.explain(e).getMessage());
        }
    }

    private static void write(String format, Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), RawSafetensors.CONFIG);
        SafetensorsWriter writer = new SafetensorsWriter();
        switch (format) {
            case "NVFP4" -> {
                add(writer, "weight_scale_2", DType.F32, List.of(), 0x3F);
                add(writer, "weight_scale", DType.F8_E4M3, List.of((long) ROWS, COLUMNS / 16L), 0x38);
                add(writer, "weight", DType.U8, List.of((long) ROWS, COLUMNS / 2L), 0x21);
            }
            case "FP8" -> {
                add(writer, "weight_scale", DType.F32, List.of(), 0x3F);
                add(writer, "weight", DType.F8_E4M3, List.of((long) ROWS, (long) COLUMNS), 0x38);
            }
            case "FP8-BLOCK" -> {
                add(writer, "weight_scale", DType.F32, List.of(ROWS / 128L, COLUMNS / 128L), 0x3F);
                add(writer, "weight", DType.F8_E4M3, List.of((long) ROWS, (long) COLUMNS), 0x38);
            }
            default -> add(writer, "weight", DType.valueOf(format), List.of((long) ROWS, (long) COLUMNS), 0x3C);
        }
        writer.write(folder.resolve("model.safetensors"));
    }

    private static void add(SafetensorsWriter writer, String suffix, DType dtype, List<Long> shape, int fill) {
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        byte[] data = new byte[Math.toIntExact(count * dtype.bits() / 8)];
        Arrays.fill(data, (byte) fill);
        writer.add("m." + suffix, dtype, shape, MemorySegment.ofArray(data));
    }
}
