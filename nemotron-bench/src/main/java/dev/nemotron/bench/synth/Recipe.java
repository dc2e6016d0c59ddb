package dev.nemotron.bench.synth;

import dev.nemotron.arch.BlockKind;
import dev.nemotron.arch.NemotronHConfig;
import java.util.List;

/**
 * Which matrix of a release is stored how (quantisation specification 1.5). The draft head is never quantised, nor are
 * embeddings, norms, convolutions and what belongs to the recurrence.
 */
interface Recipe {

    /** What a matrix is for. */
    enum Role {
        /** The output head. */
        HEAD,
        /** Input and output projection of a Mamba-2 mixer. */
        MAMBA,
        /** Queries, keys, values and output of attention. */
        ATTENTION,
        /** A dense feed-forward block. */
        DENSE,
        /** A routed expert. */
        EXPERT,
        /** The shared expert. */
        SHARED_EXPERT,
        /** The projections around experts in a narrower space. */
        LATENT,
        /** The router. */
        ROUTER
    }

    /**
     * Chooses.
     *
     * @param role what the matrix is for
     * @param block its block of the trunk, from 0; ignored for the head
     * @return how it is stored
     */
    Encoding encoding(Role role, int block);

    /**
     * The recipe of a release.
     *
     * @param shape the model
     * @param format the release
     * @return how it stores its matrices
     */
    static Recipe of(Shape shape, Format format) {
        return switch (format) {
            case BF16 -> (role, block) -> Encoding.BF16;
            case FP8 -> uniform(shape.sizes(), Encoding.FP8);
            case NVFP4 ->
                shape.hasLatentExperts()
                        ? latentMix()
                        : shape == Shape.LIGHTNING_30B_A3B ? lightning() : uniform(shape.sizes(), Encoding.NVFP4);
            case MIXED -> shape.hasLatentExperts() ? latentMix() : lightning();
        };
    }

    private static Recipe uniform(NemotronHConfig sizes, Encoding encoding) {
        List<BlockKind> blocks = sizes.blocks();
        boolean spareEnds = encoding == Encoding.NVFP4 && sizes.moe() == null;
        boolean spareBeforeAttention = sizes.moe() != null && sizes.moe().latentWidth() == 0;
        return (role, block) -> switch (role) {
            case MAMBA, DENSE, EXPERT, SHARED_EXPERT -> {
                boolean end = block < 2 || block >= blocks.size() - 2;
                boolean beforeAttention =
                        role == Role.MAMBA && block + 1 < blocks.size() && blocks.get(block + 1) == BlockKind.ATTENTION;
                yield (spareEnds && end) || (spareBeforeAttention && beforeAttention) ? Encoding.BF16 : encoding;
            }
            case ROUTER -> Encoding.F32;
            case HEAD, ATTENTION, LATENT -> Encoding.BF16;
        };
    }

    private static Recipe lightning() {
        return (role, block) -> switch (role) {
            case EXPERT, SHARED_EXPERT, DENSE, HEAD -> Encoding.W4A16_NVFP4;
            case MAMBA -> Encoding.FP8;
            case ATTENTION, LATENT, ROUTER -> Encoding.BF16;
        };
    }

    private static Recipe latentMix() {
        return (role, block) -> switch (role) {
            case EXPERT -> Encoding.NVFP4;
            case SHARED_EXPERT, DENSE, MAMBA -> Encoding.FP8;
            case ROUTER -> Encoding.F32;
            case ATTENTION, LATENT, HEAD -> Encoding.BF16;
        };
    }
}
