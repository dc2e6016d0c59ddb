package dev.nemotron.bench.kernel;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.WeightFormats;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** The weight formats, each with a matrix of random but healthy numbers as it lies in a checkpoint. */
public enum Weights {
    /** Half an FP32. */
    BF16(2),
    /** IEEE half precision. */
    F16(2),
    /** IEEE single precision. */
    F32(4),
    /** E4M3, one scale a matrix. */
    FP8(1),
    /** E4M3, one scale for 128 x 128 elements. */
    FP8_BLOCK(1),
    /** E2M1 with one scale for 16 elements, as published. */
    NVFP4(9.0 / 16),
    /** The same, laid out by {@code ./nemotron prepare}. */
    NVFP4_PANELS(9.0 / 16);

    private static final int BLOCK = 128;
    private static final int PATTERN = 1 << 20;

    private final double bytes;

    Weights(double bytes) {
        this.bytes = bytes;
    }

    /** The number of rows, a multiple of 128, that take about so many bytes. */
    int rows(long size, int columns) {
        return Math.toIntExact(Math.max(1, Math.round(size / (bytes * columns) / BLOCK)) * BLOCK);
    }

    /** Makes a matrix. */
    StoredMatrix matrix(int rows, int columns) {
        List<Tensor> tensors = switch (this) {
            case BF16 -> List.of(tensor("weight", DType.BF16, rows, columns, 2, Weights::bf16));
            case F16 -> List.of(tensor("weight", DType.F16, rows, columns, 2, r -> Float.floatToFloat16(gaussian(r))));
            case F32 ->
                List.of(tensor("weight", DType.F32, rows, columns, 4, r -> Float.floatToRawIntBits(gaussian(r))));
            case FP8 ->
                List.of(
                        tensor("weight", DType.F8_E4M3, rows, columns, 1, Weights::fp8),
                        tensor("weight_scale", DType.F32, 1, 1, 4, r -> Float.floatToRawIntBits(0.01f)));
            case FP8_BLOCK ->
                List.of(
                        tensor("weight", DType.F8_E4M3, rows, columns, 1, Weights::fp8),
                        tensor(
                                "weight_scale_inv",
                                DType.F32,
                                Math.ceilDiv(rows, BLOCK),
                                Math.ceilDiv(columns, BLOCK),
                                4,
                                r -> Float.floatToRawIntBits(0.01f)));
            case NVFP4 ->
                List.of(
                        tensor("weight", DType.U8, rows, columns / 2, 1, r -> r.nextInt(256)),
                        tensor("weight_scale", DType.F8_E4M3, rows, columns / 16, 1, r -> r.nextInt(0x6a, 0x7c)),
                        tensor("weight_scale_2", DType.F32, 1, 1, 4, r -> Float.floatToRawIntBits(1e-4f)));
            case NVFP4_PANELS -> panels(NVFP4.matrix(rows, columns));
        };
        TreeMap<String, Tensor> named = new TreeMap<>();
        tensors.forEach(tensor -> named.put(tensor.name().substring("m.".length()), tensor));
        return WeightFormats.recognise(new ModuleTensors("m", named), rows, columns);
    }

    private static List<Tensor> panels(StoredMatrix matrix) {
        long bytes = Panels.bytes(matrix.columns());
        int count = Panels.count(matrix.rows());
        MemorySegment panels = Arena.ofAuto().allocate(count * bytes, 64);
        for (int p = 0; p < count; p++) {
            Panels.pack(matrix, p * Panels.ROWS, matrix.rows(), panels, p * bytes);
        }
        return List.of(
                new Tensor(
                        "m." + Nvfp4PanelFormat.PANELS,
                        "made up",
                        DType.U8,
                        Nvfp4PanelFormat.shape(matrix.rows(), matrix.columns()),
                        panels),
                new Tensor(
                        "m." + Nvfp4PanelFormat.SHAPE,
                        "made up",
                        DType.I64,
                        List.of(2L),
                        Nvfp4PanelFormat.dimensions(matrix.rows(), matrix.columns())),
                tensor(Nvfp4PanelFormat.FACTOR, DType.F32, 1, 1, 4, r -> Float.floatToRawIntBits(1e-4f)));
    }

    private static float gaussian(SplittableRandom random) {
        return (float) random.nextGaussian();
    }

    private static int bf16(SplittableRandom random) {
        return Float.floatToRawIntBits(gaussian(random)) >>> 16;
    }

    /** Of either sign, from 1/8 to 32. */
    private static int fp8(SplittableRandom random) {
        return random.nextInt(0x20, 0x60) | random.nextInt(2) << 7;
    }

    /** A tensor that repeats a megabyte of random elements. */
    private static Tensor tensor(
            String name, DType type, long rows, long columns, int width, ToIntFunction<SplittableRandom> element) {
        SplittableRandom random = new SplittableRandom(name.length());
        long bytes = rows * columns * width;
        ByteBuffer pattern = ByteBuffer.allocate((int) Math.min(PATTERN, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        while (pattern.hasRemaining()) {
            int bits = element.applyAsInt(random);
            switch (width) {
                case 1 -> pattern.put((byte) bits);
                case 2 -> pattern.putShort((short) bits);
                default -> pattern.putInt(bits);
            }
        }
        MemorySegment data = Arena.ofAuto().allocate(bytes, 64);
        MemorySegment from = MemorySegment.ofArray(pattern.array());
        for (long at = 0; at < bytes; at += from.byteSize()) {
            long piece = Math.min(from.byteSize(), bytes - at);
            MemorySegment.copy(from, 0, data, at, piece);
        }
        List<Long> shape = rows * columns == 1 ? List.of() : Arrays.asList(rows, columns);
        return new Tensor("m." + name, "made up", type, shape, data);
    }
}
