package dev.nemotron.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TestData;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.QuantizationMetadata;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.WeightFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small checkpoints of the test data, each of which stands for a kind of published folder. */
class CommittedCheckpointsTest {

    /** Folders whose tensors are on purpose not all of those that the configuration announces, or more. */
    private static final Set<String> UNEVEN = Set.of("biased", "missing-head", "resaved-latent");

    static List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(TestData.folder("checkpoints"))) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void thereAreCheckpointsOfEveryKind() throws IOException {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(32);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theConfigurationCountsTheParametersThatTheFileHolds(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(NemotronHConfig.matches(checkpoint.config())).isTrue();
            ParameterCount count = ParameterCount.of(NemotronHConfig.parse(checkpoint.config()));
            long elements = 0;
            for (String name : checkpoint.names()) {
                elements += weights(checkpoint, name);
            }
            if (UNEVEN.contains(folder.getFileName().toString())) {
                assertThat(elements).isNotEqualTo(count.total()).isPositive();
            } else {
                assertThat(elements).isEqualTo(count.total());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyMatrixIsOfTheFormatThatTheMetadataClaim(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            Map<String, String> formats = new TreeMap<>();
            for (String name : checkpoint.names()) {
                Tensor tensor = checkpoint.require(name);
                boolean packed = tensor.dtype() == DType.U8;
                if (tensor.shape().size() == 2 && (name.endsWith(".weight") || name.endsWith(".weight_packed"))) {
                    ModuleTensors module = checkpoint.module(name.substring(0, name.lastIndexOf('.')));
                    int rows = Math.toIntExact(tensor.shape().get(0));
                    int columns = Math.toIntExact(tensor.shape().get(1)) * (packed ? 2 : 1);
                    formats.put(
                            module.module(),
                            WeightFormats.recognise(module, rows, columns)
                                    .format()
                                    .name());
                }
            }
            assertThat(formats).isNotEmpty();
            QuantizationMetadata metadata = QuantizationMetadata.find(checkpoint);
            if (metadata != null) {
                formats.forEach((module, format) ->
                        assertThat(metadata.disagreement(module, format)).isNull());
                assertThat(formats.values()).containsAnyOf("FP8", "NVFP4");
            }
        }
    }

    private static long weights(Checkpoint checkpoint, String name) {
        Tensor tensor = checkpoint.require(name);
        if (name.contains("_scale") || name.startsWith("vision_model.") || name.startsWith("mlp1.")) {
            return 0;
        }
        return tensor.elementCount() * (tensor.dtype() == DType.U8 ? 2 : 1);
    }
}
