package dev.nemotron.format;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.Tensor;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the bytes of a checkpoint by format. */
public final class WeightInventory {

    private WeightInventory() {}

    /**
     * Adds up all tensors; scales count with the format of the weights that they belong to.
     *
     * @param checkpoint the model folder
     * @return bytes by the name of the format
     */
    public static SortedMap<String, Long> bytesByFormat(Checkpoint checkpoint) {
        SortedMap<String, Long> bytes = new TreeMap<>();
        for (String name : checkpoint.names()) {
            Tensor tensor = checkpoint.require(name);
            bytes.merge(format(checkpoint, tensor), tensor.data().byteSize(), Long::sum);
        }
        return bytes;
    }

    private static String format(Checkpoint checkpoint, Tensor tensor) {
        String module = tensor.name().substring(0, tensor.name().lastIndexOf('.') + 1);
        Tensor packed = checkpoint.find(module + "weight_packed");
        @Nullable Tensor weight = packed == null ? checkpoint.find(module + "weight") : packed;
        boolean companion =
                weight != null && tensor.name().substring(module.length()).contains("scale");
        DType type = companion && weight != null ? weight.dtype() : tensor.dtype();
        return switch (type) {
            case U8 -> "NVFP4";
            case F8_E4M3 -> "FP8";
            default -> type.name();
        };
    }
}
