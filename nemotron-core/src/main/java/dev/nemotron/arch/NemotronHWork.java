package dev.nemotron.arch;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.Tensor;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Counts the work of {@code nemotron_h}; the draft head is not counted. */
final class NemotronHWork {

    private static final String EXPERTS = ".experts.";

    private NemotronHWork() {}

    static Work of(Checkpoint checkpoint) {
        NemotronHConfig config = NemotronHConfig.parse(checkpoint.config());
        NemotronHNames names = NemotronHNames.find(checkpoint);
        String embedding = names.trunk() + "." + names.embedding() + ".";
        String head = config.tiedEmbeddings() || names.head() == null ? embedding : names.head() + ".";
        long embeddingBytes = 0;
        long headBytes = 0;
        long expertBytes = 0;
        long denseBytes = 0;
        for (String name : checkpoint.names()) {
            Tensor tensor = checkpoint.require(name);
            long bytes = tensor.data().byteSize();
            headBytes += name.startsWith(head) ? bytes : 0;
            if (name.startsWith(embedding)) {
                embeddingBytes += bytes;
            } else if (name.startsWith(names.trunk() + ".")) {
                expertBytes += name.contains(EXPERTS) ? bytes : 0;
                denseBytes += name.contains(EXPERTS) ? 0 : bytes;
            }
        }
        long vocabulary = config.vocabularySize();
        long headWeights = vocabulary * config.hiddenSize();
        long expertWeights = expertWeights(config);
        long embeddings = config.tiedEmbeddings() ? headWeights : 2 * headWeights;
        MoeConfig moe = config.moe();
        return new Work(
                denseBytes,
                headBytes,
                embeddingBytes / vocabulary,
                expertBytes,
                ParameterCount.of(config).trunk() - embeddings - expertWeights,
                headWeights,
                expertWeights,
                moe == null ? 1 : moe.experts(),
                moe == null ? 1 : moe.chosen(),
                scanFlops(config),
                attentionFlops(config));
    }

    private static long expertWeights(NemotronHConfig config) {
        @Nullable MoeConfig moe = config.moe();
        if (moe == null) {
            return 0;
        }
        long width = moe.latentWidth() == 0 ? config.hiddenSize() : moe.latentWidth();
        return count(config, BlockKind.MOE) * 2 * moe.experts() * moe.expertWidth() * width;
    }

    /** Decay times state, plus the input, and the dot product with C: five operations for each element of the state. */
    private static long scanFlops(NemotronHConfig config) {
        MambaConfig mamba = config.mamba();
        return count(config, BlockKind.MAMBA) * 5 * mamba.innerWidth() * mamba.stateSize();
    }

    /** Two dot products for each query head. */
    private static long attentionFlops(NemotronHConfig config) {
        AttentionConfig attention = config.attention();
        return count(config, BlockKind.ATTENTION) * 4 * attention.queryHeads() * attention.headWidth();
    }

    private static long count(NemotronHConfig config, BlockKind kind) {
        return Collections.frequency(config.blocks(), kind);
    }
}
