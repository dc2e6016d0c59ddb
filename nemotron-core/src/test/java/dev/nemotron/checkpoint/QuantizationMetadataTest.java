package dev.nemotron.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationMetadataTest {

    @TempDir
    Path folder;

    @Test
    void theToolsOwnFileIsRead() throws IOException {
        write("hf_quant_config.json", """
                {"producer": {"name": "modelopt", "version": "0.29.0"},
                 "quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8", "group_size": 16,
                  "exclude_modules": ["lm_head", "backbone.layers.4.mixer.in_proj", "mtp*"]}}""");
        QuantizationMetadata metadata = find();
        assertThat(metadata.method()).isEqualTo("modelopt");
        assertThat(metadata.cacheAlgorithm()).isEqualTo("FP8");
        assertThat(metadata.claim("backbone.layers.5.mixer.in_proj")).isEqualTo("NVFP4");
        assertThat(metadata.claim("backbone.layers.4.mixer.in_proj")).isEqualTo("UNQUANTIZED");
        assertThat(metadata.claim("mtp.layers.0.eh_proj")).isEqualTo("UNQUANTIZED");
        assertThat(metadata.disagreement("backbone.layers.5.mixer.in_proj", "NVFP4"))
                .isNull();
        assertThat(metadata.disagreement("backbone.layers.5.mixer.in_proj", "BF16"))
                .contains("hf_quant_config.json", "NVFP4", "BF16", "backbone.layers.5.mixer.in_proj");
        assertThat(metadata.disagreement("lm_head", "FP8")).contains("UNQUANTIZED");
        assertThat(metadata.disagreement("backbone.layers.1.mixer.gate", "F32")).isNull();
    }

    @Test
    void mixedLayoutsAreReadModuleByModule() throws IOException {
        write("hf_quant_config.json", """
                {"quantization": {"quant_algo": "mixed_precision", "quantized_layers": {
                  "a": {"quant_algo": "FP8"}, "b": {"quant_algo": "W4A16_NVFP4", "group_size": 16}}}}""");
        QuantizationMetadata metadata = find();
        assertThat(metadata.claim("a")).isEqualTo("FP8");
        assertThat(metadata.claim("c")).isEqualTo("UNQUANTIZED");
        assertThat(metadata.disagreement("a", "FP8")).isNull();
        assertThat(metadata.disagreement("b", "NVFP4")).isNull();
        assertThat(metadata.disagreement("b", "FP8")).isNotNull();
        assertThat(metadata.disagreement("c", "BF16")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quantization_config\": {\"quant_method\": \"modelopt\", \"quant_algo\": \"FP8\", \"ignore\": [\"x\"]}",
                "\"quantization_config\": {\"quantization\": {\"quant_algo\": \"fp8\", \"exclude_modules\": [\"x\"]}}",
                "\"llm_config\": {\"quantization_config\": {\"quant_algo\": \"FP8\", \"ignore\": [\"x\"]}}",
                "\"quantization_config\": {\"quant_method\": \"compressed-tensors\", \"format\": \"float-quantized\","
                        + " \"ignore\": [\"re:^x\"]}"
            })
    void theConvertedCopyIsReadInEveryNesting(String keys) throws IOException {
        write("config.json", "{" + keys + "}");
        QuantizationMetadata metadata = find();
        assertThat(metadata.disagreement("a", "FP8")).isNull();
        assertThat(metadata.disagreement("a", "NVFP4")).isNotNull();
        assertThat(metadata.isExcluded("x")).isTrue();
        assertThat(metadata.isExcluded("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantization\": 7}",
                "{\"quantization\": {\"quant_algo\": 7, \"exclude_modules\": \"x\", \"quantized_layers\": [1]}}",
                "{\"quant_algo\": null, \"exclude_modules\": [1, null, {}]}",
                "{}"
            })
    void whateverIsMalformedSaysNothing(String json) throws IOException {
        write("hf_quant_config.json", json);
        assertThat(find().claim("a")).isEmpty();
        assertThat(find().disagreement("a", "NVFP4")).isNull();
    }

    @Test
    void aFolderWithoutMetadataHasNone() throws IOException {
        RawSafetensors.folder(folder, RawSafetensors.bytes("{}", 0));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(QuantizationMetadata.find(checkpoint)).isNull();
        }
    }

    private void write(String file, String json) throws IOException {
        RawSafetensors.folder(folder, RawSafetensors.bytes("{}", 0));
        Files.writeString(folder.resolve(file), json);
    }

    private QuantizationMetadata find() {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return Objects.requireNonNull(QuantizationMetadata.find(checkpoint));
        }
    }
}
