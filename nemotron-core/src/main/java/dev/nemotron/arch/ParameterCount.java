package dev.nemotron.arch;

/**
 * The parameters of a model, counted from its shape (architecture specification 3.1).
 *
 * @param trunk embedding, blocks, last norm and head, without the correction biases
 * @param mtp the head for multi-token prediction, without its correction biases
 * @param correctionBiases the routers' biases, which are FP32 in every checkpoint; 0 where no block is a mixture
 */
public record ParameterCount(long trunk, long mtp, long correctionBiases) {

    /**
     * Counts.
     *
     * @param config the shape
     * @return the counts
     */
    public static ParameterCount of(NemotronHConfig config) {
        long hidden = config.hiddenSize();
        long embeddings = (config.tiedEmbeddings() ? 1L : 2L) * config.vocabularySize() * hidden;
        long trunk = embeddings + hidden;
        long biases = 0;
        for (int i = 0; i < config.blocks().size(); i++) {
            BlockKind kind = config.blocks().get(i);
            trunk += block(config, kind, kind == BlockKind.MLP ? config.mlpWidth(i) : 0);
            biases += biases(config, kind);
        }
        long mtp = config.mtpBlocks().isEmpty() ? 0 : 2 * hidden * hidden + 3 * hidden;
        int dense = 0;
        for (BlockKind kind : config.mtpBlocks()) {
            mtp += block(config, kind, kind == BlockKind.MLP ? config.mtpMlpWidth(dense++) : 0);
            biases += biases(config, kind);
        }
        return new ParameterCount(trunk, mtp, biases);
    }

    /**
     * Adds the parts.
     *
     * @return all parameters
     */
    public long total() {
        return trunk + mtp + correctionBiases;
    }

    private static long biases(NemotronHConfig config, BlockKind kind) {
        MoeConfig moe = config.moe();
        return kind == BlockKind.MOE && moe != null ? moe.experts() : 0;
    }

    private static long block(NemotronHConfig config, BlockKind kind, long mlpWidth) {
        long hidden = config.hiddenSize();
        MoeConfig moe = config.moe();
        return hidden
                + switch (kind) {
                    case MAMBA -> mamba(config.mamba(), hidden);
                    case ATTENTION ->
                        2L
                                * (config.attention().queryHeads()
                                        + config.attention().keyValueHeads())
                                * config.attention().headWidth()
                                * hidden;
                    case MLP -> 2 * mlpWidth * hidden;
                    case MOE -> moe == null ? 0 : moe(moe, hidden);
                };
    }

    private static long mamba(MambaConfig mamba, long hidden) {
        long projections = (mamba.projectionWidth() + mamba.innerWidth()) * hidden;
        long convolution = mamba.convolutionChannels() * (mamba.taps() + 1L);
        return projections + convolution + 3L * mamba.heads() + mamba.innerWidth();
    }

    private static long moe(MoeConfig moe, long hidden) {
        long width = moe.latentWidth() == 0 ? hidden : moe.latentWidth();
        long experts = 2L * moe.experts() * moe.expertWidth() * width;
        return moe.experts() * hidden + experts + 2L * moe.sharedWidth() * hidden + 2L * moe.latentWidth() * hidden;
    }
}
