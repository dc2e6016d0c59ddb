package dev.nemotron.arch;

import static dev.nemotron.arch.BlockKind.ATTENTION;
import static dev.nemotron.arch.BlockKind.MAMBA;
import static dev.nemotron.arch.BlockKind.MLP;
import static dev.nemotron.arch.BlockKind.MOE;
import static dev.nemotron.arch.PublishedConfigs.config;
import static dev.nemotron.arch.PublishedConfigs.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NemotronHConfigTest {

    private static final String PATTERN = "\"hybrid_override_pattern\": \"ME*-\"";
    private static final List<BlockKind> BLOCKS = List.of(MAMBA, MOE, ATTENTION, MLP);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hybrid_override_pattern\": \"ME*-\"",
                "\"hybrid_override_pattern\": \"MEA-\"",
                "\"hybrid_override_pattern\": \"ME|*-\"",
                "\"hybrid_override_pattern\": [\"ME\", \"*-\"]",
                "\"hybrid_override_pattern\": [\"M\", \"E\", \"*\", \"-\"]",
                "\"layers_block_type\": [\"mamba\", \"moe\", \"attention\", \"mlp\"]",
                "\"layers_block_type\": [\"linear_attention\", \"moe\", \"full_attention\", \"mlp\"]",
                "\"layer_types\": [\"mamba\", \"moe\", \"attention\", \"mlp\"]",
                "\"hybrid_override_pattern\": \"ME*-\", \"layers_block_type\": [\"mamba\", \"moe\", \"attention\", \"mlp\"]",
                "\"hybrid_override_pattern\": \"ME*-\", \"num_hidden_layers\": 4",
                "\"hybrid_override_pattern\": \"ME*-\", \"num_hidden_layers\": null"
            })
    void theOrderOfBlocksIsReadInEverySpelling(String keys) {
        assertThat(parse(keys).blocks()).isEqualTo(BLOCKS);
        assertThat(parse(keys).mtpBlocks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hybrid_override_pattern\": \"ME*-\", \"num_nextn_predict_layers\": 1",
                "\"hybrid_override_pattern\": \"ME*-\", \"mtp_hybrid_override_pattern\": \"*E\"",
                "\"hybrid_override_pattern\": \"ME*-\", \"num_nextn_predict_layers\": 1, \"mtp_layers_block_type\": [\"attention\", \"moe\"]",
                "\"hybrid_override_pattern\": \"ME*-\", \"num_nextn_predict_layers\": 1, \"mtp_layers_block_type\": [\"full_attention\", \"moe\"]",
                "\"hybrid_override_pattern\": \"ME*-/*E/*E\"",
                "\"hybrid_override_pattern\": \"M|E*-/*E\", \"num_nextn_predict_layers\": 1, \"mtp_hybrid_override_pattern\": \"*E\"",
            })
    void theDraftHeadIsReadInEverySpelling(String keys) {
        assertThat(parse(keys).blocks()).isEqualTo(BLOCKS);
        assertThat(parse(keys).mtpBlocks()).containsExactly(ATTENTION, MOE);
    }

    @Test
    void noDraftHeadIsAnnouncedByZero() {
        assertThat(parse(PATTERN + ", \"mtp_hybrid_override_pattern\": \"*E\", \"num_nextn_predict_layers\": 0")
                        .mtpBlocks())
                .isEmpty();
    }

    @Test
    void severalDraftHeadsAreNotSupported() {
        assertThatThrownBy(() -> parse(PATTERN + ", \"num_nextn_predict_layers\": 2"))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("2 draft heads");
    }

    @Test
    void absentKeysHaveTheDefaultsOfTheFamily() {
        NemotronHConfig config = parse(PATTERN);
        assertThat(config.vocabularySize()).isEqualTo(131_072);
        assertThat(config.hiddenSize()).isEqualTo(4096);
        assertThat(config.normEpsilon()).isEqualTo(1e-5f);
        assertThat(config.attention()).isEqualTo(new AttentionConfig(32, 8, 128));
        assertThat(config.mamba()).isEqualTo(new MambaConfig(128, 64, 8, 128, 4, TimeStepLimit.NONE));
        assertThat(config.moe()).isEqualTo(new MoeConfig(8, 2, 7688, 0, 7688, 1, 1, true, 1));
        assertThat(config.mlpWidths()).containsExactly(21_504);
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(config.endTokens()).isEmpty();
        assertThat(config.beginToken()).isEqualTo(-1);
    }

    @Test
    void aliasesAreReadAsTheirKeys() {
        NemotronHConfig config = parse(PATTERN + """
                        , "attention_head_dim": 64, "mamba_d_conv": 3, "mamba_n_groups": 4, "num_local_experts": 16,
                        "rms_norm_eps": 1e-6, "mamba_dt_limit": [0.5, 2], "num_shared_experts": 0, "mamba_expand": 7""");
        assertThat(config.attention().headWidth()).isEqualTo(64);
        assertThat(config.mamba()).isEqualTo(new MambaConfig(128, 64, 4, 128, 3, new TimeStepLimit(0.5f, 2)));
        assertThat(Objects.requireNonNull(config.moe()).experts()).isEqualTo(16);
        assertThat(Objects.requireNonNull(config.moe()).sharedWidth()).isZero();
        assertThat(config.normEpsilon()).isEqualTo(1e-6f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.0, Infinity]", "[0.0, 1e308]", "[0, {\"__float__\": \"Infinity\"}]", "null"})
    void noUpperLimitOfTheTimeStepIsWrittenInFourWays(String limit) {
        assertThat(parse(PATTERN + ", \"time_step_limit\": " + limit).mamba().timeStepLimit())
                .isEqualTo(TimeStepLimit.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.0]", "[2, 1]", "[NaN, 1]", "[-1, 1]", "[0, \"x\"]", "[null, 1]", "7", "[0, 0]"})
    void aLimitOfTheTimeStepThatIsNoRangeIsRefused(String limit) {
        assertThatThrownBy(() -> parse(PATTERN + ", \"time_step_limit\": " + limit))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("time_step_limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"num_hidden_layers\": 5 | 5 | 4",
                "\"head_dim\": 64, \"attention_head_dim\": 128 | 64 | 128",
                "\"layers_block_type\": [\"mamba\", \"moe\"] | ME*- | ME",
                "\"n_routed_experts\": 4, \"num_experts\": 8 | 4 | 8",
                "\"layer_norm_epsilon\": 1e-5, \"norm_eps\": 1e-6 | 1.0E-5 | 1.0E-6",
                "\"conv_kernel\": 4, \"mamba_d_conv\": 3 | 4 | 3",
                "\"num_experts_per_tok\": 9 | 9 | 8",
                "\"num_attention_heads\": 30 | 30 | 8",
                "\"mamba_num_heads\": 12 | 12 | 8",
                "\"n_routed_experts\": 9, \"n_group\": 2 | 9 | 2",
                "\"n_group\": 4, \"topk_group\": 1, \"num_experts_per_tok\": 3 | 3 | 2",
                "\"intermediate_size\": [1, 2, 3], \"hybrid_override_pattern2\": 0, \"num_hidden_layers\": 3 | 3 | 4",
            })
    void aContradictionIsRefusedWithBothValues(String keys, String one, String other) {
        assertThatThrownBy(() -> parse(PATTERN + ", " + keys))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n_routed_experts\": 4097",
                "\"n_routed_experts\": 0",
                "\"hidden_size\": -1",
                "\"hidden_size\": 1e300",
                "\"hidden_size\": 99999999999999999999",
                "\"vocab_size\": 0",
                "\"num_attention_heads\": 1000000, \"head_dim\": 1000000, \"num_key_value_heads\": 1",
                "\"mamba_num_heads\": 8000000, \"mamba_head_dim\": 8000000",
                "\"conv_kernel\": 0",
                "\"conv_kernel\": 100000",
                "\"routed_scaling_factor\": NaN",
                "\"layer_norm_epsilon\": -1",
                "\"intermediate_size\": []",
                "\"intermediate_size\": [\"x\"]",
                "\"eos_token_id\": -5",
                "\"eos_token_id\": [2, null]",
                "\"num_hidden_layers\": 1025",
            })
    void sizesBeyondReasonAreRefused(String keys) {
        assertThatThrownBy(() -> parse(PATTERN + ", " + keys))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hybrid_override_pattern\": \"\"",
                "\"hybrid_override_pattern\": \"MX\"",
                "\"hybrid_override_pattern\": 7",
                "\"hybrid_override_pattern\": [7]",
                "\"layers_block_type\": []",
                "\"layers_block_type\": [\"conv\"]",
                "\"vocab_size\": 10",
            })
    void anOrderOfBlocksThatSaysNothingIsRefused(String keys) {
        assertThatThrownBy(() -> parse(keys))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json");
    }

    @Test
    void moreThan1024BlocksAreRefused() {
        assertThatThrownBy(() -> parse("\"hybrid_override_pattern\": \"" + "M".repeat(1025) + '"'))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void theWidthOfDenseBlocksMayBeAListByOrdinal() {
        NemotronHConfig config = parse("\"hybrid_override_pattern\": \"-M-*-\", \"intermediate_size\": [10, 20, 30]");
        assertThat(config.mlpWidth(0)).isEqualTo(10);
        assertThat(config.mlpWidth(2)).isEqualTo(20);
        assertThat(config.mlpWidth(4)).isEqualTo(30);
        assertThatThrownBy(() -> config.mlpWidth(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aListOfWidthsThatIsTooShortIsRefused() {
        assertThatThrownBy(() -> parse("\"hybrid_override_pattern\": \"-M-*-\", \"intermediate_size\": [10, 20]"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("2 entries")
                .hasMessageContaining("3 dense");
    }

    @Test
    void endTokensAreOneOrAList() {
        assertThat(parse(PATTERN + ", \"eos_token_id\": 2").endTokens()).containsExactly(2);
        assertThat(parse(PATTERN + ", \"eos_token_id\": [2, 11]").endTokens()).containsExactly(2, 11);
    }

    @Test
    void keysOfExpertsAreIgnoredWhereNoBlockIsAMixture() {
        NemotronHConfig config = parse("\"hybrid_override_pattern\": \"M-\", \"n_routed_experts\": 8,"
                + " \"num_experts_per_tok\": 99, \"num_attention_heads\": 7");
        assertThat(config.moe()).isNull();
    }

    @Test
    void aTextModelInsideAMultimodalOneIsFound() {
        for (String key : List.of("llm_config", "text_config")) {
            JsonObject outer = Json.parseObject("""
                    {"model_type": "NemotronH_Nano_VL_V2", "architectures": ["NemotronH_Nano_VL_V2"],
                     "max_sequence_length": 12345, "hidden_size": 7,
                     "%s": {"model_type": "nemotron_h", "hybrid_override_pattern": "M*", "hidden_size": 64,
                            "max_position_embeddings": 99}}
                    """.formatted(key).getBytes(StandardCharsets.UTF_8), "config.json");
            assertThat(NemotronHConfig.matches(outer)).isTrue();
            assertThat(NemotronHConfig.parse(outer).hiddenSize()).isEqualTo(64);
            assertThat(NemotronHConfig.parse(outer).maxPositions()).isEqualTo(12_345);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForCausalLM\"]}",
                "{\"model_type\": \"nemotron\", \"architectures\": [\"NemotronForCausalLM\"]}",
                "{\"model_type\": \"nemotron_h_puzzle\", \"architectures\": [\"NemotronHPuzzleForCausalLM\"]}",
                "{\"model_type\": \"nemotron-nas\", \"architectures\": [\"DeciLMForCausalLM\"]}",
                "{\"model_type\": 7, \"architectures\": {}}",
                "{}"
            })
    void otherArchitecturesDoNotMatch(String json) {
        assertThat(NemotronHConfig.matches(Json.parseObject(json.getBytes(StandardCharsets.UTF_8), "config.json")))
                .isFalse();
    }

    @Test
    void theFamilyMatchesByTypeOrByArchitecture() {
        assertThat(NemotronHConfig.matches(config(PATTERN))).isTrue();
        assertThat(NemotronHConfig.matches(Json.parseObject(
                        "{\"architectures\": [\"NemotronHForCausalLM\"]}".getBytes(StandardCharsets.UTF_8), "c")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"mlp_hidden_act\": \"silu\"", "\"mamba_hidden_act\": \"gelu\"", "\"block_configs\": [{}]"})
    void whatTheFamilyDoesNotHaveIsNotSupported(String keys) {
        assertThatThrownBy(() -> parse(PATTERN + ", " + keys)).isInstanceOf(UnsupportedModelException.class);
    }
}
