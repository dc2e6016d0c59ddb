package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a model of the {@code nemotron_h} family, read from {@code config.json} in any of its published spellings
 * (architecture specification 1.6). Immutable; every size is positive and every product of two fits an int.
 *
 * @param vocabularySize V
 * @param hiddenSize D
 * @param normEpsilon what all norms add to the mean of squares
 * @param blocks the blocks of the trunk in order
 * @param mtpBlocks the blocks of the head for multi-token prediction, empty where none is announced. The head's tensors may
 *     be missing all the same, which means that there is none
 * @param attention the sizes of attention; those of the family's defaults where no block is attention
 * @param mamba the sizes of the Mamba-2 mixers, likewise
 * @param moe the sizes of the mixtures of experts; null where no block is one
 * @param mlpWidths the inner width of each dense feed-forward block, those of the trunk and then those of the draft head
 * @param tiedEmbeddings whether the output head is the embedding
 * @param maxPositions the longest context that the publisher names; informational, since there are no positions
 * @param beginToken the token that begins a text, or -1
 * @param endTokens the tokens that end an answer, perhaps none; {@code generation_config.json} may name more
 */
public record NemotronHConfig(
        int vocabularySize,
        int hiddenSize,
        float normEpsilon,
        List<BlockKind> blocks,
        List<BlockKind> mtpBlocks,
        AttentionConfig attention,
        MambaConfig mamba,
        @Nullable MoeConfig moe,
        List<Integer> mlpWidths,
        boolean tiedEmbeddings,
        int maxPositions,
        int beginToken,
        List<Integer> endTokens) {

    private static final String MODEL_TYPE = "nemotron_h";
    private static final String ARCHITECTURE = "NemotronHForCausalLM";

    /**
     * Copies the lists.
     *
     * @param vocabularySize V
     * @param hiddenSize D
     * @param normEpsilon the epsilon of the norms
     * @param blocks the trunk
     * @param mtpBlocks the draft head
     * @param attention sizes of attention
     * @param mamba sizes of Mamba-2
     * @param moe sizes of the experts, or null
     * @param mlpWidths widths of the dense blocks
     * @param tiedEmbeddings whether head and embedding are one
     * @param maxPositions the context named
     * @param beginToken the first token, or -1
     * @param endTokens the last tokens
     */
    public NemotronHConfig {
        blocks = List.copyOf(blocks);
        mtpBlocks = List.copyOf(mtpBlocks);
        mlpWidths = List.copyOf(mlpWidths);
        endTokens = List.copyOf(endTokens);
    }

    /**
     * Tells whether a configuration is of this family, by its own {@code model_type} or {@code architectures}, or by those
     * of the text model nested in it.
     *
     * @param config a whole {@code config.json}
     * @return whether {@link #parse} understands it
     */
    public static boolean matches(JsonObject config) {
        return isFamily(textConfig(config));
    }

    private static boolean isFamily(JsonObject config) {
        Object names = config.values().get("architectures");
        return MODEL_TYPE.equals(config.values().get("model_type"))
                || (names instanceof List<?> list && list.contains(ARCHITECTURE))
                || (!config.has("model_type") && names == null && config.has("hybrid_override_pattern"));
    }

    private static JsonObject textConfig(JsonObject config) {
        if (!isFamily(config)) {
            String nested = config.firstPresent("llm_config", "text_config");
            if (config.values().get(nested) instanceof Map<?, ?>) {
                JsonObject text = config.object(nested);
                return text == null ? config : text;
            }
        }
        return config;
    }

    /**
     * Reads a configuration. Unknown keys are ignored.
     *
     * @param config a whole {@code config.json}, for which {@link #matches} holds
     * @return the shape
     * @throws ModelFormatException if a key has a value that cannot be, or two keys contradict each other; the message has
     *     both values
     * @throws UnsupportedModelException if the model needs what this family does not have
     */
    public static NemotronHConfig parse(JsonObject config) {
        JsonObject json = textConfig(config);
        refuseUnsupported(json);
        ConfigKeys keys = new ConfigKeys(json);
        LayerPattern pattern = LayerPattern.parse(keys);
        List<BlockKind> all = new ArrayList<>(pattern.trunk());
        all.addAll(pattern.draft());
        ConfigKeys absent = new ConfigKeys(new JsonObject(Collections.emptyMap(), json.source(), ""));
        int vocabulary = keys.size(131_072, "vocab_size");
        int hidden = keys.size(4096, "hidden_size");
        double epsilon = keys.number(1e-5, "layer_norm_epsilon", "norm_eps", "rms_norm_eps");
        if (!(epsilon >= 0 && epsilon < 1)) {
            throw json.wrong(
                    json.firstPresent("layer_norm_epsilon", "norm_eps", "rms_norm_eps"), "from 0 to 1", epsilon);
        }
        JsonObject outer = config.has("max_sequence_length") ? config : json;
        return new NemotronHConfig(
                vocabulary,
                hidden,
                (float) epsilon,
                pattern.trunk(),
                pattern.draft(),
                AttentionConfig.parse(all.contains(BlockKind.ATTENTION) ? keys : absent),
                MambaConfig.parse(all.contains(BlockKind.MAMBA) ? keys : absent),
                all.contains(BlockKind.MOE) ? MoeConfig.parse(keys) : null,
                mlpWidths(
                        keys,
                        Collections.frequency(pattern.trunk(), BlockKind.MLP),
                        Collections.frequency(pattern.draft(), BlockKind.MLP)),
                json.flag("tie_word_embeddings", config.flag("tie_word_embeddings", false)),
                outer.integer(outer.firstPresent("max_sequence_length", "max_position_embeddings"), 1, 1 << 30, 4096),
                beginToken(json),
                endTokens(json));
    }

    private static void refuseUnsupported(JsonObject json) {
        if (json.has("block_configs")) {
            throw new UnsupportedModelException(
                    json.source() + ": blocks of different sizes (\"block_configs\", Puzzle models) are not supported");
        }
        String activation = json.string("mlp_hidden_act");
        if (activation != null && !activation.equals("relu2")) {
            throw new UnsupportedModelException(
                    json.source() + ": mlp_hidden_act \"" + activation + "\" is not supported, only relu2");
        }
    }

    private static List<Integer> mlpWidths(ConfigKeys keys, int trunk, int draft) {
        JsonObject json = keys.json();
        int count = trunk + draft;
        if (!(json.values().get("intermediate_size") instanceof List<?> list)) {
            return count == 0 ? List.of() : Collections.nCopies(count, keys.size(21_504, "intermediate_size"));
        }
        if (list.isEmpty() || (list.size() != 1 && list.size() < trunk)) {
            throw new ModelFormatException(json.source() + ": \"intermediate_size\" has " + list.size()
                    + " entries, expected 1 or one for each of the " + trunk + " dense feed-forward blocks");
        }
        List<Integer> widths = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Object width = list.get(Math.min(i, list.size() - 1));
            if (!(width instanceof Long number) || number < 1 || number > ConfigKeys.MAX_SIZE) {
                throw json.wrong("intermediate_size", "widths from 1 to " + ConfigKeys.MAX_SIZE, width);
            }
            widths.add(number.intValue());
        }
        return widths;
    }

    private static int beginToken(JsonObject json) {
        return json.values().get("bos_token_id") instanceof Long id ? tokenId(json, "bos_token_id", id) : -1;
    }

    private static List<Integer> endTokens(JsonObject json) {
        Object value = json.values().get("eos_token_id");
        List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<Integer> ids = new ArrayList<>();
        for (Object item : items) {
            ids.add(tokenId(json, "eos_token_id", item));
        }
        return ids;
    }

    private static int tokenId(JsonObject json, String key, @Nullable Object value) {
        if (value instanceof Long id && id >= 0 && id <= Integer.MAX_VALUE) {
            return id.intValue();
        }
        throw json.wrong(key, "a token id or a list of them", value);
    }

    /**
     * The inner width of a dense feed-forward block.
     *
     * @param block the block's place in {@link #blocks}
     * @return its width
     * @throws IllegalArgumentException if the block is of another kind
     */
    public int mlpWidth(int block) {
        if (blocks.get(block) != BlockKind.MLP) {
            throw new IllegalArgumentException("block " + block + " is " + blocks.get(block) + ", expected MLP");
        }
        return mlpWidths.get(Collections.frequency(blocks.subList(0, block), BlockKind.MLP));
    }

    /**
     * The inner width of a dense feed-forward block of the draft head.
     *
     * @param ordinal the block's ordinal among the dense ones of {@link #mtpBlocks}, from 0
     * @return its width
     * @throws IndexOutOfBoundsException if there is no such block
     */
    public int mtpMlpWidth(int ordinal) {
        return mlpWidths.get(Collections.frequency(blocks, BlockKind.MLP) + ordinal);
    }

    /**
     * The same model without the head for multi-token prediction.
     *
     * @return a copy in which {@link #mtpBlocks} is empty
     */
    public NemotronHConfig withoutDraftHead() {
        return new NemotronHConfig(
                vocabularySize,
                hiddenSize,
                normEpsilon,
                blocks,
                List.of(),
                attention,
                mamba,
                moe,
                mlpWidths,
                tiedEmbeddings,
                maxPositions,
                beginToken,
                endTokens);
    }

    /**
     * Counts the parameters that a checkpoint of this shape holds, the draft head and the routers' correction biases
     * included.
     *
     * @return the number that publishers give
     */
    public long parameterCount() {
        return ParameterCount.of(this).total();
    }
}
