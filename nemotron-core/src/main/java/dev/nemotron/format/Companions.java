package dev.nemotron.format;

import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.ModuleTensors;
import java.util.Set;

/**
 * The tensors beside the weight of a linear layer. A companion that a format does not know could change the weight's
 * meaning, so it is an error and never passed over.
 */
public final class Companions {

    /** Scales of activations and of the KV cache, which weight-only arithmetic does not need, and the bias. */
    private static final Set<String> HARMLESS = Set.of(
            "bias", "input_scale", "input_global_scale", "output_scale", "k_scale", "v_scale", "k_bias", "v_bias");

    private static final Set<String> REWRITING =
            Set.of("pre_quant_scale", "svdquant_lora_a", "svdquant_lora_b", "g_idx", "qzeros", "scales", "qweight");

    private Companions() {}

    /**
     * Checks the companions of a quantised weight.
     *
     * @param module the tensors of the module
     * @param own the tensors that the format reads
     * @throws UnsupportedModelException if there is another one that is not known to be harmless
     */
    public static void checkQuantised(ModuleTensors module, Set<String> own) {
        for (String suffix : module.tensors().keySet()) {
            if (!own.contains(suffix) && !HARMLESS.contains(suffix)) {
                throw refused(module, suffix);
            }
        }
    }

    /**
     * Checks the companions of a weight that is not quantised: other parameters of the module are its own business, but
     * nothing may be there that turns the weight into something else.
     *
     * @param module the tensors of the module
     * @throws UnsupportedModelException if there is such a tensor
     */
    public static void checkPlain(ModuleTensors module) {
        for (String suffix : module.tensors().keySet()) {
            if (suffix.startsWith("weight_") || REWRITING.contains(suffix)) {
                throw refused(module, suffix);
            }
        }
    }

    private static UnsupportedModelException refused(ModuleTensors module, String suffix) {
        String reason = switch (suffix) {
            case "pre_quant_scale" -> " (AWQ and SmoothQuant, which scale the activations)";
            case "svdquant_lora_a", "svdquant_lora_b" -> " (SVDQuant)";
            case "weight_zero_point" -> " (asymmetric quantisation)";
            default -> "";
        };
        return new UnsupportedModelException("module \"" + module.module() + "\": the tensor \"" + suffix + "\""
                + reason + " beside its weight is not supported, found " + module.describe()
                + "; use another export of the model");
    }
}
