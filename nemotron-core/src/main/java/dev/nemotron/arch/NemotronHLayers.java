package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.layer.Attention;
import dev.nemotron.layer.Block;
import dev.nemotron.layer.Mamba2Mixer;
import dev.nemotron.layer.Mixer;
import dev.nemotron.layer.Mlp;
import dev.nemotron.layer.MoeBlock;
import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.ExpertBank;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.Routing;
import dev.nemotron.spi.ScanShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the blocks of {@code nemotron_h} from a checkpoint; trunk and draft head are made of the same ones. */
final class NemotronHLayers {

    private final NemotronHConfig config;
    private final Backend backend;
    private final Routing routing;

    NemotronHLayers(NemotronHConfig config, Backend backend) {
        this.config = config;
        this.backend = backend;
        // One choice serves all layers, since each layer uses up its own before the next one chooses.
        this.routing = backend.routing();
    }

    /**
     * Builds one block.
     *
     * @param kind what the block does
     * @param mlpWidth F of a dense MLP; ignored for other kinds
     * @param weights the path of the block
     */
    Block block(BlockKind kind, int mlpWidth, Weights weights) {
        Weights mixer = weights.at("mixer");
        return new Block(
                weights.norm("norm", config.hiddenSize(), config.normEpsilon()),
                switch (kind) {
                    case MAMBA -> mamba(mixer);
                    case ATTENTION -> attention(mixer);
                    case MLP -> mlp(mixer, mlpWidth);
                    case MOE -> moe(mixer, Objects.requireNonNull(config.moe()));
                });
    }

    private Mixer mamba(Weights weights) {
        MambaConfig sizes = config.mamba();
        ScanShape shape =
                new ScanShape(sizes.heads(), sizes.headWidth(), sizes.groups(), sizes.stateSize(), sizes.taps());
        float[] decay = weights.values("A_log", shape.heads());
        for (int h = 0; h < decay.length; h++) {
            decay[h] = (float) -StrictMath.exp(decay[h]);
        }
        float[] bias = weights.optionalValues("conv1d.bias", shape.convChannels());
        MambaParameters parameters = new MambaParameters(
                shape,
                weights.convolution("conv1d.weight", shape.convChannels(), shape.convWidth()),
                backend.parameter(bias == null ? new float[shape.convChannels()] : bias),
                weights.vector("dt_bias", shape.heads()),
                backend.parameter(decay),
                weights.vector("D", shape.heads()),
                sizes.timeStepLimit().min(),
                sizes.timeStepLimit().max());
        return new Mamba2Mixer(
                backend,
                weights.linear("in_proj", shape.projectedWidth(), config.hiddenSize()),
                parameters,
                weights.norm("norm", shape.innerWidth(), config.normEpsilon()),
                weights.linear("out_proj", config.hiddenSize(), shape.innerWidth()));
    }

    private Mixer attention(Weights weights) {
        AttentionConfig sizes = config.attention();
        AttentionShape shape = new AttentionShape(sizes.queryHeads(), sizes.keyValueHeads(), sizes.headWidth());
        int queries = shape.queryHeads() * shape.headWidth();
        int keys = shape.kvHeads() * shape.headWidth();
        return new Attention(
                backend,
                shape,
                weights.linear("q_proj", queries, config.hiddenSize()),
                weights.linear("k_proj", keys, config.hiddenSize()),
                weights.linear("v_proj", keys, config.hiddenSize()),
                weights.linear("o_proj", config.hiddenSize(), queries));
    }

    private Mlp mlp(Weights weights, int width) {
        return new Mlp(
                weights.linear("up_proj", width, config.hiddenSize()),
                weights.linear("down_proj", config.hiddenSize(), width));
    }

    private Mixer moe(Weights weights, MoeConfig sizes) {
        RouterRule rule = new RouterRule(
                sizes.experts(),
                sizes.chosen(),
                sizes.groups(),
                sizes.chosenGroups(),
                sizes.normaliseWeights(),
                sizes.weightScale());
        return new MoeBlock(
                rule,
                weights.linear("gate", rule.experts(), config.hiddenSize()),
                weights.vector("gate.e_score_correction_bias", rule.experts()),
                experts(weights.at("experts"), sizes),
                routing,
                latent(weights, sizes.latentWidth()),
                sizes.sharedWidth() == 0 ? null : mlp(weights.at("shared_experts"), sizes.sharedWidth()));
    }

    private MoeBlock.@Nullable Latent latent(Weights weights, int width) {
        if (width == 0) {
            return null;
        }
        return new MoeBlock.Latent(
                weights.linear("fc1_latent_proj", width, config.hiddenSize()),
                weights.linear("fc2_latent_proj", config.hiddenSize(), width));
    }

    private ExpertBank experts(Weights weights, MoeConfig sizes) {
        int width = sizes.latentWidth() == 0 ? config.hiddenSize() : sizes.latentWidth();
        int hidden = sizes.expertWidth();
        boolean fused = weights.hasTensor("up_proj");
        List<Matrix> up = new ArrayList<>();
        List<Matrix> down = new ArrayList<>();
        for (int e = 0; e < sizes.experts(); e++) {
            if (fused) {
                up.add(weights.fusedMatrix("up_proj", e, sizes.experts(), hidden, width));
                down.add(weights.fusedMatrix("down_proj", e, sizes.experts(), width, hidden));
            } else {
                up.add(weights.matrix(e + ".up_proj", hidden, width));
                down.add(weights.matrix(e + ".down_proj", width, hidden));
            }
        }
        if (weights.has(sizes.experts() + ".up_proj")) {
            throw new ModelFormatException(weights.checkpoint().folder() + ": " + weights.path()
                    + " has more experts than the " + sizes.experts() + " of config.json");
        }
        return backend.experts(up, down);
    }
}
