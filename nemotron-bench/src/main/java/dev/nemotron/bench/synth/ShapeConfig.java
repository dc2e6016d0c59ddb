package dev.nemotron.bench.synth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the keys of a {@code config.json} as they are spelled in the published files (architecture specification 1.6): the
 * first generation names the width of a head {@code attention_head_dim} and limits the time step by infinity, later ones
 * repeat the norm's epsilon, and the newest list their blocks in words.
 */
final class ShapeConfig {

    private final String pattern;
    private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();

    private ShapeConfig(int hidden, String pattern, int intermediate, int positions) {
        this.pattern = pattern;
        keys.put("architectures", List.of("NemotronHForCausalLM"));
        keys.put("model_type", "nemotron_h");
        keys.put("attention_bias", false);
        keys.put("attention_dropout", 0.0);
        keys.put("bos_token_id", 1);
        keys.put("eos_token_id", 2);
        keys.put("pad_token_id", 0);
        keys.put("chunk_size", 128);
        keys.put("conv_kernel", 4);
        keys.put("expand", 2);
        keys.put("hidden_dropout", 0.0);
        keys.put("hidden_size", hidden);
        keys.put("hybrid_override_pattern", pattern);
        keys.put("initializer_range", 0.02);
        keys.put("intermediate_size", intermediate);
        keys.put("layer_norm_epsilon", 1e-5);
        keys.put("mamba_hidden_act", "silu");
        keys.put("mamba_proj_bias", false);
        keys.put("max_position_embeddings", positions);
        keys.put("mlp_bias", false);
        keys.put("mlp_hidden_act", "relu2");
        keys.put("n_groups", 8);
        keys.put("num_hidden_layers", pattern.length());
        keys.put("num_logits_to_keep", 1);
        keys.put("rescale_prenorm_residual", true);
        keys.put("residual_in_fp32", false);
        keys.put("sliding_window", null);
        keys.put("tie_word_embeddings", false);
        keys.put("time_step_floor", 1e-4);
        keys.put("time_step_max", 0.1);
        keys.put("time_step_min", 0.001);
        keys.put("torch_dtype", "bfloat16");
        keys.put("use_bias", false);
        keys.put("use_cache", true);
        keys.put("use_conv_bias", true);
        keys.put("use_mamba_kernels", true);
        keys.put("vocab_size", 131_072);
    }

    /** A model as the Nemotron-H paper's were published. */
    static ShapeConfig first(int hidden, String pattern, int intermediate, int positions) {
        ShapeConfig config = new ShapeConfig(hidden, pattern, intermediate, positions);
        config.keys.put("attention_head_dim", 128);
        config.keys.put("time_step_limit", List.of(0.0, Double.POSITIVE_INFINITY));
        return config;
    }

    /** A model as Nano 2 and all that followed were published. */
    static ShapeConfig second(int hidden, String pattern, int intermediate, int positions) {
        ShapeConfig config = new ShapeConfig(hidden, pattern, intermediate, positions);
        config.keys.put("head_dim", 128);
        config.keys.put("mamba_ssm_cache_dtype", "float32");
        config.keys.put("norm_eps", 1e-5);
        return config;
    }

    ShapeConfig vocabulary(int size) {
        keys.put("vocab_size", size);
        return this;
    }

    ShapeConfig attention(int queryHeads, int keyValueHeads) {
        keys.put("num_attention_heads", queryHeads);
        keys.put("num_key_value_heads", keyValueHeads);
        return this;
    }

    ShapeConfig mamba(int heads, int headWidth, int stateSize) {
        keys.put("mamba_num_heads", heads);
        keys.put("mamba_head_dim", headWidth);
        keys.put("ssm_state_size", stateSize);
        return this;
    }

    ShapeConfig experts(int experts, int chosen, int width, int sharedWidth, double scale) {
        keys.put("moe_intermediate_size", width);
        keys.put("moe_shared_expert_intermediate_size", sharedWidth);
        keys.put("n_group", 1);
        keys.put("n_routed_experts", experts);
        keys.put("n_shared_experts", 1);
        keys.put("norm_topk_prob", true);
        keys.put("num_experts_per_tok", chosen);
        keys.put("routed_scaling_factor", scale);
        keys.put("topk_group", 1);
        return this;
    }

    ShapeConfig latent(int width) {
        keys.put("moe_latent_size", width);
        return this;
    }

    ShapeConfig draftHead() {
        keys.put("mtp_hybrid_override_pattern", "*E");
        keys.put("num_nextn_predict_layers", 1);
        return this;
    }

    /** Spells the blocks as a list of words, and leaves out their number, as Ultra and Lightning do. */
    ShapeConfig listForm() {
        keys.remove("hybrid_override_pattern");
        keys.remove("num_hidden_layers");
        keys.put("layers_block_type", words(pattern));
        keys.remove("mtp_hybrid_override_pattern");
        keys.put("mtp_layers_block_type", words("*E"));
        keys.putIfAbsent("moe_latent_size", null);
        return this;
    }

    private static List<String> words(String pattern) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            words.add(
                    switch (pattern.charAt(i)) {
                        case 'M' -> "mamba";
                        case '*' -> "attention";
                        case 'E' -> "moe";
                        default -> "mlp";
                    });
        }
        return words;
    }

    boolean hasLatent() {
        return keys.get("moe_latent_size") != null;
    }

    /** The keys, in a map of the caller's own. */
    Map<String, @Nullable Object> keys() {
        return new LinkedHashMap<>(keys);
    }
}
