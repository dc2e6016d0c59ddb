package dev.nemotron.format;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tensors made up in memory, each at an odd address, as in a file without alignment. */
final class FormatSample {

    private FormatSample() {}

    static Tensor tensor(String name, DType dtype, List<Long> shape, byte[] data) {
        MemorySegment memory = Arena.ofAuto().allocate(data.length + 1L, 64).asSlice(1, data.length);
        memory.copyFrom(MemorySegment.ofArray(data));
        return new Tensor("m." + name, "sample.safetensors", dtype, shape, memory.asReadOnly());
    }

    static ModuleTensors module(Tensor... tensors) {
        TreeMap<String, Tensor> map = new TreeMap<>();
        for (Tensor tensor : tensors) {
            map.put(tensor.name().substring(2), tensor);
        }
        return new ModuleTensors("m", map);
    }

    static ModuleTensors with(ModuleTensors module, Tensor tensor) {
        TreeMap<String, Tensor> map = new TreeMap<>(module.tensors());
        map.put(tensor.name().substring(2), tensor);
        return new ModuleTensors("m", map);
    }

    static ModuleTensors without(ModuleTensors module, String suffix) {
        TreeMap<String, Tensor> map = new TreeMap<>(module.tensors());
        map.remove(suffix);
        return new ModuleTensors("m", map);
    }

    static Tensor floats(String name, List<Long> shape, float... values) {
        byte[] data = new byte[values.length * Float.BYTES];
        MemorySegment.copy(values, 0, MemorySegment.ofArray(data), Tensor.F32_LE, 0, values.length);
        return tensor(name, DType.F32, shape, data);
    }

    /** Bytes that run through all codes. */
    static byte[] ramp(int count, int start) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (start + i);
        }
        return bytes;
    }

    /** 16-bit codes that run through all of them with a stride that is odd. */
    static byte[] codes16(int count) {
        byte[] bytes = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            int code = i * 40_503;
            bytes[2 * i] = (byte) code;
            bytes[2 * i + 1] = (byte) (code >> 8);
        }
        return bytes;
    }

    static byte[] filled(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static List<Long> shape(long... dimensions) {
        return Arrays.stream(dimensions).boxed().toList();
    }

    static Map<String, Tensor> tensors(ModuleTensors module) {
        return module.tensors();
    }
}
