package dev.nemotron.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.TestData;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.SafetensorsFile;
import dev.nemotron.checkpoint.SafetensorsWriter;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.StoredMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prepared file replaces the matrices that it was made of and nothing else, or is refused by name. */
class PreparedWeightsTest {

    private static final String MARK = "nemotron.prepared.1";

    @TempDir
    private Path directory;

    private Checkpoint checkpoint;
    private Path file;
    private String panels;
    private String factor;

    @BeforeEach
    void prepare() throws IOException {
        checkpoint = Checkpoint.open(TestData.folder("checkpoints/nvfp4-w4a16"));
        file = directory.resolve("prepared");
        PreparedWeights.write(checkpoint, file, fraction -> {});
        panels = first(".weight_panels");
        factor = first(".weight_factor");
    }

    @AfterEach
    void close() {
        checkpoint.close();
    }

    @Test
    void aFileAndAnInMemoryLayoutHoldTheSameTensors() {
        Checkpoint mapped = PreparedWeights.map(checkpoint, file);
        Checkpoint laidOut = PreparedWeights.inMemory(checkpoint);
        assertThat(mapped.names()).containsExactlyElementsOf(laidOut.names());
        for (String name : mapped.names()) {
            assertThat(mapped.require(name).shape())
                    .isEqualTo(laidOut.require(name).shape());
            assertThat(mapped.require(name)
                            .data()
                            .mismatch(laidOut.require(name).data()))
                    .as(name)
                    .isNegative();
        }
    }

    @Test
    void aMatrixOfAnotherShapeThanTheArchitectureExpectsIsRefusedHoweverItIsLaidOut() {
        String module = panels.substring(0, panels.lastIndexOf('.'));
        Tensor codes = checkpoint.require(module + ".weight");
        int rows = Math.toIntExact(codes.shape().getFirst());
        int columns = Math.toIntExact(2 * codes.shape().getLast());
        for (Checkpoint any :
                List.of(checkpoint, PreparedWeights.map(checkpoint, file), PreparedWeights.inMemory(checkpoint))) {
            StoredMatrix matrix = WeightFormats.recognise(any.module(module), rows, columns);
            assertThat(matrix.rows()).isEqualTo(rows);
            for (int[] wrong : new int[][] {{rows - 1, columns}, {rows, columns - 16}, {rows + 1, columns}}) {
                assertThatThrownBy(() -> WeightFormats.recognise(any.module(module), wrong[0], wrong[1]))
                        .isInstanceOf(ModelFormatException.class)
                        .hasMessageContaining(module)
                        .hasMessageContaining("expected");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodot", "elsewhere.weight_panels", "backbone.embeddings.weight", ".weight_panels", "."})
    void aTensorThatIsNotOfAnNvfp4MatrixIsRefusedByName(String name) throws IOException {
        rewrite(tensors -> tensors.put(name, bytes(name, 1, 576)));
        assertRefused("\"" + name + "\" belongs to no NVFP4 matrix");
    }

    @Test
    void panelsOfAnotherShapeOrTypeAreRefusedByName() throws IOException {
        long size = tensors().get(panels).data().byteSize();
        rewrite(tensors -> tensors.put(panels, bytes(panels, size)));
        assertRefused("\"" + panels + "\" is U8 [" + size + "], expected U8 [");
        rewrite(tensors -> tensors.put(panels, bytes(panels, 1, 576)));
        assertRefused("\"" + panels + "\" is U8 [1, 576], expected U8 [");
        rewrite(tensors ->
                tensors.compute(panels, (name, old) -> new Tensor(name, "test", DType.I8, old.shape(), old.data())));
        assertRefused("\"" + panels + "\" is I8 [");
    }

    @Test
    void aFactorOfAnotherShapeOrTypeIsRefusedByName() throws IOException {
        rewrite(tensors -> tensors.put(factor, bytes(factor, 4)));
        assertRefused("\"" + factor + "\" is U8 [4], expected F32 [1]");
    }

    @Test
    void panelsOrFactorsThatAreMissingAreNamed() throws IOException {
        rewrite(tensors -> tensors.remove(factor));
        assertRefused("\"" + factor + "\" is missing");
        rewrite(tensors -> tensors.remove(panels));
        assertRefused("\"" + panels + "\" is missing");
    }

    @Test
    void aMarkThatIsMissingOrAnotherOneMeansOtherWeights() throws IOException {
        for (UnaryOperator<MemorySegment> change : List.<UnaryOperator<MemorySegment>>of(
                mark -> mark.asSlice(0, 31), mark -> MemorySegment.ofArray(new byte[32]), mark -> mark.asSlice(0, 0))) {
            rewrite(tensors -> tensors.compute(MARK, (name, old) -> {
                MemorySegment data = change.apply(old.data());
                return new Tensor(name, "test", DType.U8, List.of(data.byteSize()), data);
            }));
            assertRefused("was not made of the weights in " + checkpoint.folder());
        }
        rewrite(tensors -> tensors.put("nemotron.prepared.0", tensors.remove(MARK)));
        assertRefused("was not made of the weights in " + checkpoint.folder());
        rewrite(tensors -> tensors.remove(MARK));
        assertRefused("is no prepared file");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertRefused("cut short");
    }

    @Test
    void aTensorThatIsThereTwiceIsRefusedByName() throws IOException {
        String twin = tensors().keySet().stream()
                .filter(name -> name.length() == panels.length() && !name.equals(panels))
                .findFirst()
                .orElseThrow();
        byte[] content = Files.readAllBytes(file);
        String header = new String(content, StandardCharsets.ISO_8859_1);
        byte[] name = panels.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, content, header.indexOf("\"" + twin + "\"") + 1, name.length);
        Files.write(file, content);
        assertRefused("twice");
    }

    @Test
    void randomBytesAreRefused() throws IOException {
        Files.write(file, ByteBuffer.allocate(100).putLong(50).array());
        assertRefused("not a safetensors file");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> PreparedWeights.map(checkpoint, file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private Map<String, Tensor> tensors() {
        return new LinkedHashMap<>(SafetensorsFile.open(file, Arena.ofAuto()).tensors());
    }

    private String first(String suffix) {
        return tensors().keySet().stream()
                .filter(name -> name.endsWith(suffix))
                .findFirst()
                .orElseThrow();
    }

    /** Changes what is in the good file. */
    private void rewrite(Consumer<Map<String, Tensor>> change) throws IOException {
        PreparedWeights.write(checkpoint, file, fraction -> {});
        Map<String, Tensor> tensors = tensors();
        change.accept(tensors);
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach((name, tensor) -> writer.add(name, tensor.dtype(), tensor.shape(), tensor.data()));
        writer.write(file);
    }

    private static Tensor bytes(String name, long... shape) {
        long size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return new Tensor(
                name, "test", DType.U8, FormatSample.shape(shape), MemorySegment.ofArray(new byte[(int) size]));
    }
}
