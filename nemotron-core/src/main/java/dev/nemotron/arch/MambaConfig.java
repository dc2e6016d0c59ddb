package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;

/**
 * The sizes of the Mamba-2 mixers (architecture specification 1.5).
 *
 * @param heads H
 * @param headWidth P
 * @param groups G, groups of B and C and of the gated norm; divides H
 * @param stateSize N
 * @param taps J, the width of the causal convolution
 * @param timeStepLimit the clamp of the time step
 */
public record MambaConfig(int heads, int headWidth, int groups, int stateSize, int taps, TimeStepLimit timeStepLimit) {

    private static final int MAX_TAPS = 64;

    static MambaConfig parse(ConfigKeys keys) {
        MambaConfig config = new MambaConfig(
                keys.size(128, "mamba_num_heads"),
                keys.size(64, "mamba_head_dim"),
                keys.size(8, "n_groups", "mamba_n_groups"),
                keys.size(128, "ssm_state_size"),
                keys.integer(1, MAX_TAPS, 4, "conv_kernel", "mamba_d_conv"),
                TimeStepLimit.parse(keys));
        keys.product("mamba_num_heads * mamba_head_dim", config.heads, config.headWidth);
        keys.product("n_groups * ssm_state_size", config.groups, config.stateSize);
        if (config.heads % config.groups != 0) {
            throw new ModelFormatException(keys.source() + ": mamba_num_heads " + config.heads
                    + " is not a multiple of n_groups " + config.groups);
        }
        String activation = keys.json().string("mamba_hidden_act");
        if (activation != null && !activation.equals("silu") && !activation.equals("swish")) {
            throw new UnsupportedModelException(
                    keys.source() + ": mamba_hidden_act \"" + activation + "\" is not supported, only silu");
        }
        return config;
    }

    /**
     * The width of the mixer.
     *
     * @return d = H·P, which is not a multiple of the hidden size in general; a multiple of G
     */
    public int innerWidth() {
        return heads * headWidth;
    }

    /**
     * The channels of the convolution: x, B and C.
     *
     * @return d + 2·G·N
     */
    public int convolutionChannels() {
        return innerWidth() + 2 * groups * stateSize;
    }

    /**
     * The outputs of the input projection: gate, channels of the convolution, time steps.
     *
     * @return d + (d + 2·G·N) + H
     */
    public int projectionWidth() {
        return innerWidth() + convolutionChannels() + heads;
    }
}
