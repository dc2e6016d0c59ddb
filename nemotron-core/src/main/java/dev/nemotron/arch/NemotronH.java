package dev.nemotron.arch;

import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.json.JsonObject;
import dev.nemotron.spi.Backend;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The entry of {@code nemotron_h} in the list of architectures. */
final class NemotronH implements Architecture {

    @Override
    public String modelType() {
        return "nemotron_h";
    }

    @Override
    public boolean matches(JsonObject config) {
        return NemotronHConfig.matches(config);
    }

    @Override
    public Description describe(JsonObject config) {
        NemotronHConfig parsed = NemotronHConfig.parse(config);
        MambaConfig mamba = parsed.mamba();
        AttentionConfig attention = parsed.attention();
        long mambaFloats =
                (long) mamba.innerWidth() * mamba.stateSize() + (mamba.taps() - 1L) * mamba.convolutionChannels();
        return new Description(
                words(parsed.blocks()),
                words(parsed.mtpBlocks()),
                parsed.parameterCount(),
                parsed.parameterCount() - parsed.withoutDraftHead().parameterCount(),
                parsed.hiddenSize(),
                parsed.vocabularySize(),
                parsed.maxPositions(),
                count(parsed, BlockKind.MAMBA) * mambaFloats * Float.BYTES,
                2L * count(parsed, BlockKind.ATTENTION) * attention.keyValueHeads() * attention.headWidth(),
                scratchFloatsPerRow(parsed));
    }

    private static List<String> words(List<BlockKind> kinds) {
        return kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static long count(NemotronHConfig config, BlockKind kind) {
        return Collections.frequency(config.blocks(), kind);
    }

    /** What a row occupies in the workspace and in the backend's own scratch, in floats. */
    private static long scratchFloatsPerRow(NemotronHConfig config) {
        long floats = 5L * config.hiddenSize();
        if (config.blocks().contains(BlockKind.MAMBA)) {
            floats += config.mamba().projectionWidth()
                    + config.mamba().innerWidth()
                    + config.mamba().convolutionChannels();
        }
        if (config.blocks().contains(BlockKind.ATTENTION)) {
            floats += 2L * config.attention().queryHeads() * config.attention().headWidth();
        }
        floats += config.mlpWidths().stream().mapToInt(Integer::intValue).max().orElse(0);
        MoeConfig moe = config.moe();
        if (moe != null) {
            int width = moe.latentWidth() == 0 ? config.hiddenSize() : moe.latentWidth();
            floats += (long) moe.chosen() * (width + moe.expertWidth()) + moe.sharedWidth() + 2L * width;
        }
        return floats;
    }

    @Override
    public CausalModel load(Checkpoint checkpoint, Backend backend) {
        return NemotronHModel.load(NemotronHConfig.parse(checkpoint.config()), checkpoint, backend);
    }

    @Override
    public Work work(Checkpoint checkpoint) {
        return NemotronHWork.of(checkpoint);
    }
}
