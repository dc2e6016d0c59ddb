package dev.nemotron.checkpoint;

import static dev.nemotron.checkpoint.RawSafetensors.bytes;
import static dev.nemotron.checkpoint.RawSafetensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final byte[] ONE = bytes("{" + tensor("m.weight", "U8", "[4]", 0, 4) + "}", 4);
    private static final byte[] TWO = bytes(
            "{" + tensor("m.weight_scale", "U8", "[2]", 0, 2) + "," + tensor("n.o.weight", "U8", "[3]", 2, 5) + "}", 5);

    @TempDir
    Path folder;

    @Test
    void aSingleFileIsOpened() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(RawSafetensors.folder(folder, ONE))) {
            assertThat(checkpoint.names()).containsExactly("m.weight");
            assertThat(checkpoint.weightBytes()).isEqualTo(4);
            assertThat(checkpoint.config().string("model_type")).isEqualTo("nemotron_h");
            assertThat(checkpoint.folder()).isEqualTo(folder);
            assertThat(checkpoint.require("m.weight").data().get(ValueLayout.JAVA_BYTE, 3))
                    .isEqualTo((byte) 3);
            assertThat(checkpoint.find("m.bias")).isNull();
        }
    }

    @Test
    void aFileOfAnyNameWillDoWhereItIsTheOnlyOne() throws IOException {
        RawSafetensors.folder(folder, ONE);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("weights.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("m.weight");
        }
    }

    @Test
    void strayFilesAreIgnored() throws IOException {
        RawSafetensors.folder(folder, ONE);
        Files.write(folder.resolve("consolidated.safetensors"), new byte[3]);
        Files.write(folder.resolve("pytorch_model.bin"), new byte[3]);
        Files.write(folder.resolve("model.gguf"), new byte[3]);
        Files.createDirectory(folder.resolve("onnx"));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).hasSize(1);
        }
    }

    @Test
    void theTensorsOfAModuleAreCollectedFromAllShards() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(shards())) {
            assertThat(checkpoint.names()).containsExactly("m.weight", "m.weight_scale", "n.o.weight");
            assertThat(checkpoint.module("m").tensors().keySet()).containsExactly("weight", "weight_scale");
            assertThat(checkpoint.hasModule("n.o")).isTrue();
            assertThat(checkpoint.hasModule("n")).isFalse();
            assertThat(checkpoint.module("n").tensors()).isEmpty();
            assertThat(checkpoint.weightBytes()).isEqualTo(9);
        }
    }

    @Test
    void shardsMayBeLinksIntoACacheOutsideTheFolder() throws IOException {
        shards();
        Path blobs = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-blobs"));
        for (String name : new String[] {"a.safetensors", "b.safetensors", "config.json"}) {
            Path blob = blobs.resolve("blob-of-" + name);
            Files.move(folder.resolve(name), blob);
            Files.createSymbolicLink(folder.resolve(name), blob);
        }
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).hasSize(3);
        }
    }

    @Test
    void aLinkToNowhereIsAMissingShard() throws IOException {
        shards();
        Files.delete(folder.resolve("b.safetensors"));
        Files.createSymbolicLink(folder.resolve("b.safetensors"), folder.resolve("gone"));
        refused("b.safetensors", "incomplete");
    }

    @Test
    void anAbsentShardIsNamed() throws IOException {
        shards();
        Files.delete(folder.resolve("b.safetensors"));
        refused("b.safetensors", "incomplete");
    }

    @Test
    void aTensorThatItsShardDoesNotHoldIsNamed() throws IOException {
        shards();
        index("{\"weight_map\":{\"m.weight\":\"b.safetensors\"}}");
        refused("\"m.weight\"", "b.safetensors");
    }

    @Test
    void aTensorInTwoShardsIsNamedWithBoth() throws IOException {
        shards();
        Files.write(
                folder.resolve("b.safetensors"),
                bytes(
                        "{" + tensor("m.weight", "U8", "[2]", 0, 2) + "," + tensor("m.weight_scale", "U8", "[3]", 2, 5)
                                + "}",
                        5));
        index("{\"weight_map\":{\"m.weight\":\"a.safetensors\",\"m.weight_scale\":\"b.safetensors\"}}");
        refused("\"m.weight\"", "a.safetensors", "b.safetensors");
    }

    @Test
    void aTensorThatTheIndexForgetsIsThereAllTheSame() throws IOException {
        shards();
        index("{\"weight_map\":{\"m.weight\":\"a.safetensors\",\"m.weight_scale\":\"b.safetensors\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).contains("n.o.weight");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.safetensors",
                "/etc/passwd",
                "sub/x.safetensors",
                "..\\\\x",
                "C:x",
                "..",
                ".",
                "",
                "a\\u0000b",
                "a\\nb"
            })
    void anIndexThatNamesAFileElsewhereIsRefused(String name) throws IOException {
        shards();
        index("{\"weight_map\":{\"m.weight\":\"" + name + "\"}}");
        refused("model.safetensors.index.json", "\"m.weight\"", "same folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"weight_map\":{}}",
                "{\"weight_map\":[]}",
                "{\"weight_map\":{\"a\":1}}",
                "{\"weight_map\":{\"a\":\"a.safetensors\"}",
                "{\"weight_map\":{\"a\":\"b\",\"a\":\"b\"}}",
                "{\"weight_map\":{\"a\":\"b\"},\"weight_map\":{}}",
                "{\"weight_map\":{\"a\":\"a.safetensors\"}}x",
                "{\"weight_map\":{\"\":\"a.safetensors\"}}",
                "{\"metadata\":{\"a\":[[[[[1]]]]]},\"weight_map\":{}}"
            })
    void anIndexOfAnotherFormIsRefused(String index) throws IOException {
        shards();
        index(index);
        refused("model.safetensors.index.json");
    }

    @Test
    void theSizeInTheIndexMayBeAnyNumber() throws IOException {
        shards();
        index("{\"metadata\":{\"total_size\":1.5e9,\"x\":{}},\"weight_map\":{\"m.weight\":\"a.safetensors\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).contains("m.weight");
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("nowhere")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("no such folder");
    }

    @Test
    void aFileInPlaceOfAFolderIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("model.gguf"), new byte[1]);
        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected the model's folder");
    }

    @Test
    void aFolderWithoutConfigurationIsRefused() throws IOException {
        Files.write(folder.resolve("model.safetensors"), ONE);
        refused("config.json", "missing");
    }

    @Test
    void aConfigurationThatIsNotAnObjectIsRefused() throws IOException {
        RawSafetensors.folder(folder, ONE);
        Files.writeString(folder.resolve("config.json"), "[1]");
        refused("config.json");
    }

    @Test
    void aFolderWithoutWeightsIsRefusedWithWhatItHasInstead() throws IOException {
        Files.writeString(folder.resolve("config.json"), RawSafetensors.CONFIG);
        refused("no weights", "model.safetensors");
        Files.write(folder.resolve("model-Q4.gguf"), new byte[1]);
        refused("model-Q4.gguf", "safetensors form");
    }

    @Test
    void severalFilesWithoutAnIndexAreRefused() throws IOException {
        shards();
        Files.delete(folder.resolve(ShardIndex.FILE_NAME));
        refused("2 safetensors files", "index");
    }

    @Test
    void aMissingTensorIsNamedWithItsNeighbours() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(shards())) {
            assertThatThrownBy(() -> checkpoint.require("m.bias"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("\"m.bias\"")
                    .hasMessageContaining("weight U8 [4]");
        }
    }

    @Test
    void otherJsonFilesAreReadWhereTheyAreThere() throws IOException {
        RawSafetensors.folder(folder, ONE);
        Files.writeString(folder.resolve("generation_config.json"), "{\"top_p\": 0.5}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.optionalJson("hf_quant_config.json")).isNull();
            assertThat(Objects.requireNonNull(checkpoint.optionalJson("generation_config.json"))
                            .number("top_p", 1))
                    .isEqualTo(0.5);
        }
    }

    @Test
    void afterCloseTensorsCannotBeRead() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(RawSafetensors.folder(folder, ONE));
        Tensor tensor = checkpoint.require("m.weight");
        checkpoint.close();
        checkpoint.close();
        assertThatThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    private Path shards() throws IOException {
        RawSafetensors.folder(folder, ONE);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("a.safetensors"));
        Files.write(folder.resolve("b.safetensors"), TWO);
        index("{\"weight_map\":{\"m.weight\":\"a.safetensors\",\"m.weight_scale\":\"b.safetensors\","
                + "\"n.o.weight\":\"b.safetensors\"}}");
        return folder;
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve(ShardIndex.FILE_NAME), json);
    }

    private void refused(String... parts) {
        var refusal = assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(ModelFormatException.class);
        for (String part : parts) {
            refusal.hasMessageContaining(part);
        }
    }
}
