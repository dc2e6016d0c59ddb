package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;

/**
 * The sizes of the mixtures of experts (architecture specification 1.3).
 *
 * @param experts E, the routed experts
 * @param chosen k, the experts that a token goes to
 * @param expertWidth the inner width of a routed expert
 * @param latentWidth L, the width that routed experts work on; 0 where they work on the hidden state
 * @param sharedWidth the inner width of the shared expert; 0 where there is none. Published files fuse several shared
 *     experts into one, so the tensor's shape is the better witness
 * @param groups groups of experts for routing, not to be confused with the groups of a Mamba-2 mixer
 * @param chosenGroups the groups from which experts are chosen
 * @param normaliseWeights whether the weights of the chosen experts are made to sum to 1
 * @param weightScale what the weights are multiplied by
 */
public record MoeConfig(
        int experts,
        int chosen,
        int expertWidth,
        int latentWidth,
        int sharedWidth,
        int groups,
        int chosenGroups,
        boolean normaliseWeights,
        float weightScale) {

    private static final int MAX_EXPERTS = 4096;
    private static final int DEFAULT_WIDTH = 7688;

    static MoeConfig parse(ConfigKeys keys) {
        int experts = keys.integer(1, MAX_EXPERTS, 8, "n_routed_experts", "num_local_experts", "num_experts");
        int groups = keys.integer(1, experts, 1, "n_group");
        int chosenGroups = keys.integer(1, groups, 1, "topk_group");
        int shared = keys.integer(0, MAX_EXPERTS, 1, "n_shared_experts", "num_shared_experts");
        float scale = (float) keys.number(1, "routed_scaling_factor");
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
            throw keys.json().wrong("routed_scaling_factor", "a positive number", scale);
        }
        if (experts % groups != 0) {
            throw new ModelFormatException(
                    keys.source() + ": n_routed_experts " + experts + " is not a multiple of n_group " + groups);
        }
        int chosen = keys.integer(1, MAX_EXPERTS, 2, "num_experts_per_tok");
        if (chosen > experts / groups * chosenGroups) {
            throw new ModelFormatException(keys.source() + ": num_experts_per_tok " + chosen + " is more than the "
                    + experts / groups * chosenGroups + " experts to choose from (n_routed_experts " + experts
                    + ", n_group " + groups + ", topk_group " + chosenGroups + ")");
        }
        return new MoeConfig(
                experts,
                chosen,
                keys.size(DEFAULT_WIDTH, "moe_intermediate_size"),
                keys.integer(0, ConfigKeys.MAX_SIZE, 0, "moe_latent_size"),
                shared == 0 ? 0 : keys.size(DEFAULT_WIDTH, "moe_shared_expert_intermediate_size"),
                groups,
                chosenGroups,
                keys.json().flag("norm_topk_prob", true),
                scale);
    }
}
