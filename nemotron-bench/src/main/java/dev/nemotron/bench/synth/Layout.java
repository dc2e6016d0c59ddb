package dev.nemotron.bench.synth;

import dev.nemotron.arch.AttentionConfig;
import dev.nemotron.arch.BlockKind;
import dev.nemotron.arch.MambaConfig;
import dev.nemotron.arch.MoeConfig;
import dev.nemotron.arch.NemotronHConfig;
import dev.nemotron.bench.synth.Recipe.Role;
import dev.nemotron.checkpoint.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All tensors of a release, under the published names and in the order of the model (architecture specification 3.1), and how
 * each module that is a matrix is stored.
 */
final class Layout {

    private final NemotronHConfig sizes;
    private final Recipe recipe;
    private final List<PlannedTensor> tensors = new ArrayList<>();
    private final Map<String, Encoding> modules = new LinkedHashMap<>();

    private Layout(NemotronHConfig sizes, Recipe recipe) {
        this.sizes = sizes;
        this.recipe = recipe;
    }

    /** Lays out a release. */
    static Layout of(Shape shape, Format format) {
        Layout layout = new Layout(shape.sizes(), Recipe.of(shape, format));
        layout.trunk();
        if (!layout.sizes.mtpBlocks().isEmpty()) {
            layout.draftHead();
        }
        return layout;
    }

    /** The tensors in the order of the model. */
    List<PlannedTensor> tensors() {
        return tensors;
    }

    /** The matrices of the trunk and the head, embedding not included, by the module's name. */
    Map<String, Encoding> modules() {
        return modules;
    }

    private void trunk() {
        long hidden = sizes.hiddenSize();
        long vocabulary = sizes.vocabularySize();
        matrix("backbone.embeddings", Encoding.BF16, vocabulary, hidden, 1);
        for (int i = 0; i < sizes.blocks().size(); i++) {
            int block = i;
            long width = sizes.blocks().get(i) == BlockKind.MLP ? sizes.mlpWidth(i) : 0;
            String path = "backbone.layers." + i + ".";
            norm(path + "norm", hidden);
            mixer(sizes.blocks().get(i), path + "mixer.", width, role -> recipe.encoding(role, block));
        }
        norm("backbone.norm_f", hidden);
        module("lm_head", recipe.encoding(Role.HEAD, 0), vocabulary, hidden);
    }

    private void draftHead() {
        long hidden = sizes.hiddenSize();
        norm("mtp.layers.0.enorm", hidden);
        norm("mtp.layers.0.hnorm", hidden);
        matrix("mtp.layers.0.eh_proj", Encoding.BF16, hidden, 2 * hidden, 2 * hidden);
        int dense = 0;
        int last = sizes.mtpBlocks().size() - 1;
        for (int i = 0; i <= last; i++) {
            BlockKind kind = sizes.mtpBlocks().get(i);
            long width = kind == BlockKind.MLP ? sizes.mtpMlpWidth(dense++) : 0;
            String path = "mtp.layers." + i + ".";
            norm(path + "norm", hidden);
            mixer(kind, path + "mixer.", width, role -> Encoding.BF16);
        }
        norm("mtp.layers." + last + ".final_layernorm", hidden);
    }

    /** How the matrices of one block are stored. */
    private interface Storage {
        Encoding of(Role role);
    }

    private void mixer(BlockKind kind, String path, long mlpWidth, Storage storage) {
        switch (kind) {
            case MAMBA -> mamba(path, sizes.mamba(), storage.of(Role.MAMBA));
            case ATTENTION -> attention(path, sizes.attention(), storage.of(Role.ATTENTION));
            case MLP -> feedForward(path, storage.of(Role.DENSE), mlpWidth, sizes.hiddenSize());
            case MOE -> moe(path, Objects.requireNonNull(sizes.moe()), storage);
        }
    }

    private void mamba(String path, MambaConfig mamba, Encoding encoding) {
        long channels = mamba.convolutionChannels();
        long heads = mamba.heads();
        long taps = mamba.taps();
        add(path + "A_log", DType.BF16, List.of(heads), Values.logDecay());
        add(path + "D", DType.BF16, List.of(heads), Values.uniform(0.5, 1.5));
        add(path + "conv1d.weight", DType.BF16, List.of(channels, 1L, taps), Values.normal(true, taps));
        add(path + "conv1d.bias", DType.BF16, List.of(channels), Values.uniform(-0.1, 0.1));
        add(path + "dt_bias", DType.BF16, List.of(heads), Values.timeStepBias());
        module(path + "in_proj", encoding, mamba.projectionWidth(), sizes.hiddenSize());
        norm(path + "norm", mamba.innerWidth());
        module(path + "out_proj", encoding, sizes.hiddenSize(), mamba.innerWidth());
    }

    private void attention(String path, AttentionConfig attention, Encoding encoding) {
        long hidden = sizes.hiddenSize();
        long queries = (long) attention.queryHeads() * attention.headWidth();
        long keys = (long) attention.keyValueHeads() * attention.headWidth();
        module(path + "q_proj", encoding, queries, hidden);
        module(path + "k_proj", encoding, keys, hidden);
        module(path + "v_proj", encoding, keys, hidden);
        module(path + "o_proj", encoding, hidden, queries);
    }

    private void feedForward(String path, Encoding encoding, long width, long hidden) {
        module(path + "up_proj", encoding, width, hidden);
        module(path + "down_proj", encoding, hidden, width);
    }

    private void moe(String path, MoeConfig moe, Storage storage) {
        long hidden = sizes.hiddenSize();
        long experts = moe.experts();
        matrix(path + "gate", storage.of(Role.ROUTER), experts, hidden, hidden);
        add(path + "gate.e_score_correction_bias", DType.F32, List.of(experts), Values.uniform(-0.05, 0.05));
        long width = hidden;
        if (moe.latentWidth() != 0) {
            width = moe.latentWidth();
            module(path + "fc1_latent_proj", storage.of(Role.LATENT), width, hidden);
            module(path + "fc2_latent_proj", storage.of(Role.LATENT), hidden, width);
        }
        for (int e = 0; e < experts; e++) {
            feedForward(path + "experts." + e + ".", storage.of(Role.EXPERT), moe.expertWidth(), width);
        }
        if (moe.sharedWidth() != 0) {
            feedForward(path + "shared_experts.", storage.of(Role.SHARED_EXPERT), moe.sharedWidth(), hidden);
        }
    }

    private void norm(String module, long width) {
        add(module + ".weight", DType.BF16, List.of(width), Values.uniform(0.8, 1.2));
    }

    private void module(String name, Encoding encoding, long rows, long columns) {
        if (!name.startsWith("mtp.")) {
            modules.put(name, encoding);
        }
        matrix(name, encoding, rows, columns, columns);
    }

    private void matrix(String module, Encoding encoding, long rows, long columns, long fanIn) {
        String weight = module + ".weight";
        List<Long> shape = List.of(rows, columns);
        switch (encoding) {
            case BF16 -> add(weight, DType.BF16, shape, Values.normal(true, fanIn));
            case F32 -> add(weight, DType.F32, shape, Values.normal(false, fanIn));
            case FP8 -> {
                add(weight, DType.F8_E4M3, shape, new Values.Pooled(new Pool.Fp8()));
                scalar(weight + "_scale", Pool.fp8Scale(fanIn));
                scalar(module + ".input_scale", 4.5 / E4M3Codes.MAX);
            }
            case NVFP4, W4A16_NVFP4 -> {
                add(weight, DType.U8, List.of(rows, columns / 2), new Values.Pooled(new Pool.Nibbles()));
                List<Long> blocks = List.of(rows, columns / 16);
                add(weight + "_scale", DType.F8_E4M3, blocks, new Values.Pooled(new Pool.BlockScales()));
                scalar(weight + "_scale_2", Pool.nvfp4Scale(fanIn));
                if (encoding == Encoding.NVFP4) {
                    scalar(module + ".input_scale", 4.5 / (6 * E4M3Codes.MAX));
                }
            }
        }
    }

    private void scalar(String name, double value) {
        add(name, DType.F32, List.of(), Values.constant(value));
    }

    private void add(String name, DType dtype, List<Long> shape, Values values) {
        tensors.add(new PlannedTensor(name, dtype, shape, values));
    }
}
