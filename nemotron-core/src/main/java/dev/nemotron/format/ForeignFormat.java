package dev.nemotron.format;

import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import org.jspecify.annotations.Nullable;

/** Names the formats that are known from published checkpoints and not read, so that an error can name them. */
final class ForeignFormat {

    private ForeignFormat() {}

    /**
     * Names the format of a module's weight (quantisation specification 1.2 and 1.9).
     *
     * @param tensors the tensors of the module
     * @return a name for a message
     */
    static String name(ModuleTensors tensors) {
        Tensor weight = tensors.find("weight");
        Tensor packed = tensors.find("weight_packed");
        Tensor scale = tensors.find("weight_scale");
        boolean powers = scale != null && (scale.dtype() == DType.U8 || scale.dtype() == DType.F8_E8M0);
        if (tensors.find("qweight") != null || tensors.find("qzeros") != null) {
            return "GPTQ/AWQ";
        }
        if (packed != null) {
            return packed.dtype() == DType.I32 ? "INT4/INT8 pack-quantized" : powers ? "MXFP4" : unknown(packed);
        }
        if (weight == null) {
            return "unknown";
        }
        return switch (weight.dtype()) {
            case F8_E4M3 -> powers ? "MXFP8" : unknown(weight);
            case U8 -> powers ? "MXFP4" : scale != null ? "INT4 AWQ" : unknown(weight);
            case I8 -> "INT8";
            case F8_E5M2 -> "FP8 E5M2";
            case F4 -> "FP4 without packing to bytes";
            default -> unknown(weight);
        };
    }

    private static String unknown(@Nullable Tensor weight) {
        return weight == null ? "unknown" : weight.dtype() + " " + weight.shape();
    }
}
