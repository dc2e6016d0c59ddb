package dev.nemotron.checkpoint;

import static dev.nemotron.checkpoint.RawSafetensors.bytes;
import static dev.nemotron.checkpoint.RawSafetensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    private static final String GOOD =
            "{" + tensor("a", "F32", "[2,3]", 0, 24) + "," + tensor("b", "U8", "[8]", 24, 32) + "}";

    @TempDir
    Path folder;

    @Test
    void aGoodFileIsMappedWithoutCopying() throws IOException {
        open(bytes("{\"__metadata__\":{\"format\":\"pt\"}," + GOOD.substring(1) + "   ", 32), file -> {
            assertThat(file.tensors().keySet()).containsExactly("a", "b");
            Tensor a = file.require("a");
            assertThat(a.dtype()).isEqualTo(DType.F32);
            assertThat(a.shape()).containsExactly(2L, 3L);
            assertThat(a.data().byteSize()).isEqualTo(24);
            assertThat(a.data().isMapped()).isTrue();
            assertThat(a.data().isReadOnly()).isTrue();
            assertThat(file.require("b").data().get(ValueLayout.JAVA_BYTE, 7)).isEqualTo((byte) 31);
        });
    }

    @Test
    void tensorsMayLieAtAnyAddress() throws IOException {
        String header = "{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("b", "F32", "[1]", 1, 5) + "}";
        open(
                bytes(header, 5),
                file -> assertThat(file.require("b").floats()).containsExactly(Float.intBitsToFloat(0x04030201)));
    }

    @Test
    void scalarsAndEmptyTensorsAndAnEmptyFileAreLegal() throws IOException {
        String header = "{" + tensor("e", "F32", "[0,7]", 0, 0) + "," + tensor("s", "F32", "[]", 0, 4) + ","
                + tensor("t", "U8", "[0]", 4, 4) + "}";
        open(bytes(header, 4), file -> {
            assertThat(file.require("s").elementCount()).isEqualTo(1);
            assertThat(file.require("e").data().byteSize()).isZero();
        });
        open(bytes("{}", 0), file -> assertThat(file.tensors()).isEmpty());
    }

    @Test
    void keysOfATensorThatAreNotKnownAreIgnored() throws IOException {
        open(
                bytes("{\"a\":{\"x\":{\"y\":[1]},\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1),
                file -> assertThat(file.tensors()).containsKey("a"));
    }

    @Test
    void everyTypeOfTheFormatIsKnown() throws IOException {
        for (DType dtype : DType.values()) {
            int size = dtype.bits(); // eight elements
            open(
                    bytes("{" + tensor("a", dtype.name(), "[8]", 0, size) + "}", size),
                    file -> assertThat(file.require("a").dtype()).isEqualTo(dtype));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void aFileShorterThanItsFirstFieldIsRefused(int size) {
        refused(new byte[size], size + " bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 100_000_001, Long.MAX_VALUE})
    void aHeaderLengthThatCannotBeIsRefused(long length) {
        refused(
                bytes(length, GOOD.getBytes(StandardCharsets.UTF_8), 32),
                "bytes 0 to 8",
                Long.toUnsignedString(length));
    }

    @Test
    void aHeaderLengthBeyondTheFileIsRefused() {
        byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
        refused(bytes(header.length + 33L, header, 32), "cut short");
        refused(bytes(8L + header.length + 32, header, 32), "cut short");
    }

    @Test
    void aHeaderLengthThatIsOffByOneIsRefused() {
        byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
        refused(bytes(header.length + 1L, header, 32));
        refused(bytes(header.length - 1L, header, 32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{{",
                "{]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                " {}",
                "{} {}",
                "{}x",
                "{}\u0000",
                "nul",
                "\"a\"",
                "{\"a\":{\"dtype\":\"U8\"}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":1,\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1.0],\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1e0],\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[\"1\"],\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[[1]],\"data_offsets\":[0,1]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[-1,0]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,NaN]}}",
                "{\"__metadata__\":{\"n\":1}}",
                "{\"__metadata__\":[]}",
                "{\"__metadata__\":\"x\"}",
                "{\"__metadata__\":{\"n\":\"1\",\"n\":\"2\"}}",
                "{\"__metadata__\":{},\"__metadata__\":{}}"
            })
    void aHeaderThatIsNotOfThePrescribedFormIsRefused(String header) {
        refused(bytes(header, 1));
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] header = GOOD.getBytes(StandardCharsets.ISO_8859_1);
        header[2] = (byte) 0xFF;
        refused(bytes(header, 32), "UTF-8");
        refused(
                bytes("{\"\u0000a\":{}}".replace('\u0000', '\u00c0').getBytes(StandardCharsets.ISO_8859_1), 0),
                "UTF-8");
        refused(bytes(GOOD.getBytes(StandardCharsets.UTF_16LE), 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 100, 100_000, 4_000_000})
    void deepNestingIsRefusedAndOverflowsNothing(int depth) {
        refused(bytes("{\"a\":" + "[".repeat(depth), 0));
        refused(bytes("{\"a\":{\"x\":" + "{\"a\":".repeat(depth), 0));
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        String twice = "{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("a", "U8", "[1]", 1, 2) + "}";
        refused(bytes(twice, 2), "\"a\"", "twice");
        refused(bytes("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1), "dtype");
        refused(bytes("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,1]}}", 1), "shape");
    }

    @Test
    void tensorsThatOverlapByOneByteAreRefusedWithBothNames() {
        String header = "{" + tensor("a", "U8", "[5]", 0, 5) + "," + tensor("b", "U8", "[5]", 4, 9) + "}";
        refused(bytes(header, 9), "\"a\"", "\"b\"", "overlaps", "4 to 9");
    }

    @Test
    void aHoleOfOneByteIsRefusedWithItsPlace() {
        String header = "{" + tensor("a", "U8", "[4]", 0, 4) + "," + tensor("b", "U8", "[4]", 5, 9) + "}";
        refused(bytes(header, 9), "data bytes 4 to 5", "\"b\"");
        refused(bytes("{" + tensor("a", "U8", "[4]", 1, 5) + "}", 5), "data bytes 0 to 1", "\"a\"");
    }

    @Test
    void anEndBeforeItsBeginIsRefused() {
        refused(bytes("{" + tensor("a", "U8", "[1]", 1, 0) + "}", 1), "\"a\"", "1 to 0");
        refused(bytes("{" + tensor("a", "U8", "[0]", 1, 0) + "}", 1), "\"a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[4294967296,4294967296]", "[9223372036854775807]", "[9223372036854775807,2]",
                "[9223372036854775807,9223372036854775807,0]", "[4611686018427387904,4]", "[1152921504606846976,8,2]"
            })
    void aShapeWhoseSizeOverflowsIsRefused(String shape) {
        refused(bytes("{" + tensor("a", "U8", shape, 0, 0) + "}", 0), "\"a\"");
        refused(bytes("{" + tensor("a", "F64", shape, 0, 8) + "}", 8), "\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-1]", "[2,-3]", "[1,1,1,1,1,1,1,1,1]"})
    void aShapeWithANegativeDimensionOrMoreThanEightIsRefused(String shape) {
        refused(bytes("{" + tensor("a", "U8", shape, 0, 1) + "}", 1), "\"a\"", "shape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f32", "FP4", "Q4_0", "F8_E4M3X"})
    void aTypeThatIsNotKnownIsRefusedByName(String dtype) {
        refused(bytes("{" + tensor("a", dtype, "[1]", 0, 1) + "}", 1), "\"a\"", '"' + dtype + '"', "F8_E4M3");
    }

    @Test
    void elementsThatDoNotFillWholeBytesAreRefused() {
        refused(bytes("{" + tensor("a", "F4", "[3]", 0, 2) + "}", 2), "\"a\"", "whole bytes");
        refused(bytes("{" + tensor("a", "F6_E2M3", "[3]", 0, 3) + "}", 3), "\"a\"", "whole bytes");
    }

    @Test
    void aShapeThatNeedsMoreOrFewerBytesThanItsRangeIsRefused() {
        refused(bytes("{" + tensor("a", "F32", "[100]", 0, 4) + "}", 4), "\"a\"", "400 bytes");
        refused(bytes("{" + tensor("a", "U8", "[1]", 0, 2) + "}", 2), "\"a\"", "1 bytes");
    }

    @Test
    void aFileThatIsOneByteShortOrLongIsRefused() {
        refused(bytes(GOOD, 31), "\"b\"", "cut short");
        refused(bytes(GOOD, 33), "end at data byte 32", "at 33");
    }

    @Test
    void namesThatAreEmptyOrLongOrHaveControlCharactersAreRefused() throws IOException {
        refused(bytes("{" + tensor("", "U8", "[1]", 0, 1) + "}", 1), "0 characters");
        refused(bytes("{" + tensor("n".repeat(4097), "U8", "[1]", 0, 1) + "}", 1), "4097 characters");
        refused(bytes("{" + tensor("n".repeat(1_000_000), "U8", "[1]", 0, 1) + "}", 1));
        refused(bytes("{" + tensor("a\\u0007", "U8", "[1]", 0, 1) + "}", 1), "control character 7");
        open(
                bytes("{" + tensor("n".repeat(4096), "U8", "[1]", 0, 1) + "}", 1),
                file -> assertThat(file.tensors()).hasSize(1));
    }

    @Test
    void aPointerOfGitLfsIsNamedAsSuch() {
        refused(
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n".getBytes(StandardCharsets.UTF_8),
                "git lfs pull");
    }

    @Test
    void aMillionEntriesOfSmallestSizeEndInAnErrorAndNotInOutOfMemory() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i <= 1 << 20; i++) {
            header.append(i == 0 ? "\"" : ",\"").append(i);
            header.append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        refused(bytes(header.append('}').toString(), 0), "more than 1048576 tensors");
    }

    @Test
    void manyKeysOfMetadataEndInAnErrorAndNotInOutOfMemory() {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{");
        for (int i = 0; i < 1_000_000; i++) {
            header.append(i == 0 ? "" : ",").append('"').append(i).append("\":\"\"");
        }
        refused(bytes(header.append("}}").toString(), 0), "__metadata__");
    }

    @Test
    void aTensorBeyondTwoGigabytesIsMappedWhole() throws IOException {
        long size = (5L << 30) + 3;
        byte[] header = ("{" + tensor("big", "U8", "[" + size + "]", 0, size) + "}").getBytes(StandardCharsets.UTF_8);
        Path path = folder.resolve("big.safetensors");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(bytes(header, 0)));
            channel.write(ByteBuffer.wrap(new byte[] {42}), 8 + header.length + size - 1);
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment data =
                    SafetensorsFile.open(path, arena).require("big").data();
            assertThat(data.byteSize()).isEqualTo(size);
            assertThat(data.get(ValueLayout.JAVA_BYTE, size - 1)).isEqualTo((byte) 42);
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void whatTheWriterWritesTheReaderReads() throws IOException {
        Path path = folder.resolve("w.safetensors");
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
        new SafetensorsWriter()
                .add(
                        "x.\"quoted\\",
                        DType.U8,
                        List.of(3L),
                        MemorySegment.ofArray(data).asSlice(0, 3))
                .add("y", DType.F32, List.of(), MemorySegment.ofArray(data).asSlice(4, 4))
                .write(path);
        try (Arena arena = Arena.ofConfined()) {
            SafetensorsFile file = SafetensorsFile.open(path, arena);
            assertThat(file.tensors().keySet()).isEqualTo(Set.of("x.\"quoted\\", "y"));
            assertThat(file.require("y").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(5, 6, 7, 8);
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(path);
        }
    }

    @Test
    void theWriterRefusesBytesThatDoNotFitTheShape() {
        MemorySegment three = MemorySegment.ofArray(new byte[3]);
        assertThatThrownBy(() -> new SafetensorsWriter().add("x", DType.F32, List.of(1L), three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> new SafetensorsWriter()
                        .add("x", DType.U8, List.of(3L), three)
                        .add("x", DType.U8, List.of(3L), three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    private interface Check {
        void on(SafetensorsFile file);
    }

    private void open(byte[] content, Check check) throws IOException {
        Path path = Files.write(folder.resolve("test.safetensors"), content);
        try (Arena arena = Arena.ofConfined()) {
            check.on(SafetensorsFile.open(path, arena));
        }
    }

    private void refused(byte[] content, String... parts) {
        var refusal = assertThatThrownBy(() -> open(content, file -> {}))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("test.safetensors");
        for (String part : parts) {
            refusal.hasMessageContaining(part);
        }
    }
}
