package dev.nemotron.arch;

import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** The configurations of the published models, from the tables 1.2 to 1.4 of the architecture specification. */
final class PublishedConfigs {

    static final String H_8B = "M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M-";
    static final String H_47B =
            "M-M-M-M-M-M-M-M-M*-M-M-M-M-M-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M-M-M---MM---M-M*-M-M-M-M-M-";
    static final String H_56B = "M-M-M-M*" + "-M-M-M-M-M*".repeat(9) + "-M-M-M-M-M-";
    static final String V2_12B = "M-M-M-M*-M-M-M-M*-M-M-M-M*-M-M-M-M*-M-M-M-M*-M-M-M-M*-M-M-M-M-";
    static final String V2_9B = "M-M-M-MM-M-M-M*-M-M-M*-M-M-M-M*-M-M-M-M*-M-MM-M-M-M-M-M-";
    static final String N3_4B = "M-M-M-MM-M-M*-M-M*-M-M-M*-M-M-MM*-MMM-M-M-";
    static final String N3_30B = "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME";
    static final String SUPER =
            "MEMEMEM*EMEMEMEM*EMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEM*EMEMEMEME";
    static final String ULTRA =
            "MEMEMEM*EMEMEM*EMEMEMEM*EMEMEMEM*EMEMEM*EMEMEMEM*EMEMEMEM*EMEMEM*EMEMEMEM*EMEMEMEM*EMEMEM*EMEMEMEM"
                    + "*EMEMEMEME";

    private PublishedConfigs() {}

    static JsonObject config(String keys) {
        return Json.parseObject(
                ("{\"model_type\": \"nemotron_h\", " + keys + "}").getBytes(StandardCharsets.UTF_8), "config.json");
    }

    static NemotronHConfig parse(String keys) {
        return NemotronHConfig.parse(config(keys));
    }

    static String dense(String pattern, int hidden, int heads, int mambaHeads, int mambaWidth, int state, int mlp) {
        return """
                "hybrid_override_pattern": "%s", "hidden_size": %d, "num_attention_heads": %d,
                "num_key_value_heads": 8, "mamba_num_heads": %d, "mamba_head_dim": %d, "ssm_state_size": %d,
                "intermediate_size": %d, "vocab_size": 131072, "head_dim": 128, "n_groups": 8, "conv_kernel": 4""".formatted(pattern, hidden, heads, mambaHeads, mambaWidth, state, mlp);
    }

    static String sparse(
            String pattern, int hidden, int heads, int mambaHeads, int experts, int chosen, int width, String latent) {
        return """
                "hybrid_override_pattern": "%s", "hidden_size": %d, "num_attention_heads": %d,
                "num_key_value_heads": 2, "mamba_num_heads": %d, "mamba_head_dim": 64, "ssm_state_size": 128,
                "n_routed_experts": %d, "num_experts_per_tok": %d, "moe_intermediate_size": %d,
                "moe_shared_expert_intermediate_size": %d, "moe_latent_size": %s, "vocab_size": 131072,
                "head_dim": 128, "n_groups": 8, "conv_kernel": 4, "n_group": 1, "topk_group": 1,
                "n_shared_experts": 1, "norm_topk_prob": true, "routed_scaling_factor": 2.5""".formatted(pattern, hidden, heads, mambaHeads, experts, chosen, width, 2 * width, latent);
    }

    static final String MTP = ", \"num_nextn_predict_layers\": 1, \"mtp_hybrid_override_pattern\": \"*E\"";
}
