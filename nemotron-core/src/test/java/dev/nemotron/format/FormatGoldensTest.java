package dev.nemotron.format;

import static dev.nemotron.format.FormatSample.module;
import static dev.nemotron.format.FormatSample.shape;
import static dev.nemotron.format.FormatSample.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.TestData;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.number.E2M1;
import dev.nemotron.format.number.E4M3;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Values from a table-driven reference that shares no code with the decoders; both decoders give them bit for bit. */
class FormatGoldensTest {

    @Test
    void everyCodeOfE4m3HasItsValue() {
        List<String> values = strings(golden("e4m3.json"), "values");
        for (int code = 0; code < 256; code++) {
            assertThat(bits(E4M3.toFloat((byte) code))).as("code %d", code).isEqualTo(values.get(code));
        }
    }

    @Test
    void everyCodeOfE2m1HasItsValue() {
        List<String> values = strings(golden("e2m1.json"), "values");
        for (int code = 0; code < 16; code++) {
            assertThat(bits(E2M1.toFloat(code))).as("code %d", code).isEqualTo(values.get(code));
        }
    }

    @Test
    void shortFloatsHaveTheirValues() {
        check16(golden("bf16.json"), DType.BF16);
        check16(golden("f16.json"), DType.F16);
    }

    private static void check16(JsonObject golden, DType dtype) {
        byte[] data = new byte[2 << 16];
        for (int code = 0; code < 1 << 16; code++) {
            data[2 * code] = (byte) code;
            data[2 * code + 1] = (byte) (code >> 8);
        }
        StoredMatrix matrix =
                WeightFormats.recognise(module(tensor("weight", dtype, shape(1, 1 << 16), data)), 1, 1 << 16);
        List<String> codes = strings(golden, "codes");
        List<String> values = strings(golden, "values");
        for (RowDecoder decoder :
                List.of(matrix.format().scalarDecoder(), matrix.format().vectorDecoder())) {
            float[] out = new float[1 << 16];
            decoder.decode(matrix, 0, out, 0);
            for (int i = 0; i < codes.size(); i++) {
                assertThat(bits(out[Integer.parseInt(codes.get(i), 16)]))
                        .as("%s code %s", dtype, codes.get(i))
                        .isEqualTo(values.get(i));
            }
            CRC32 crc = new CRC32();
            ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : out) {
                if (!Float.isNaN(value)) {
                    crc.update(four.putFloat(0, value).array());
                }
            }
            assertThat(HexFormat.of().toHexDigits((int) crc.getValue())).isEqualTo(golden.string("crc32"));
        }
    }

    @Test
    void nvfp4MatricesHaveTheirValues() {
        List<JsonObject> cases = objects(golden("nvfp4.json"), "cases");
        assertThat(cases).hasSizeGreaterThanOrEqualTo(7);
        for (JsonObject golden : cases) {
            int rows = golden.integer("rows", 1, 1000);
            int columns = golden.integer("columns", 1, 1000);
            check(
                    golden,
                    "values",
                    module(
                            tensor("weight", DType.U8, shape(rows, columns / 2), bytes(golden, "weight")),
                            tensor(
                                    "weight_scale",
                                    DType.F8_E4M3,
                                    shape(rows, columns / 16),
                                    bytes(golden, "weight_scale")),
                            scalar("weight_scale_2", golden, "weight_scale_2")));
        }
    }

    @Test
    void compressedNvfp4MatricesHaveTheirValues() {
        List<JsonObject> cases = objects(golden("nvfp4.json"), "compressed");
        assertThat(cases).isNotEmpty();
        for (JsonObject golden : cases) {
            int rows = golden.integer("rows", 1, 1000);
            int columns = golden.integer("columns", 1, 1000);
            check(
                    golden,
                    "values",
                    module(
                            tensor("weight_packed", DType.U8, shape(rows, columns / 2), bytes(golden, "weight_packed")),
                            tensor(
                                    "weight_scale",
                                    DType.F8_E4M3,
                                    shape(rows, columns / 16),
                                    bytes(golden, "weight_scale")),
                            scalar("weight_global_scale", golden, "weight_global_scale")));
        }
    }

    @Test
    void fp8MatricesHaveTheirValues() {
        JsonObject golden = golden("fp8.json");
        int rows = golden.integer("rows", 1, 1000);
        int columns = golden.integer("columns", 1, 1000);
        Tensor weight = tensor("weight", DType.F8_E4M3, shape(rows, columns), bytes(golden, "weight"));
        check(golden, "tensor_values", module(weight, scalar("weight_scale", golden, "tensor_scale")));
        float[] scales = new float[rows];
        for (int i = 0; i < rows; i++) {
            scales[i] = value(strings(golden, "channel_scales").get(i));
        }
        check(golden, "channel_values", module(weight, FormatSample.floats("weight_scale", shape(rows, 1), scales)));
    }

    private static void check(JsonObject golden, String key, ModuleTensors tensors) {
        int rows = golden.integer("rows", 1, 1000);
        int columns = golden.integer("columns", 1, 1000);
        StoredMatrix matrix = WeightFormats.recognise(tensors, rows, columns);
        for (RowDecoder decoder :
                List.of(matrix.format().scalarDecoder(), matrix.format().vectorDecoder())) {
            List<String> values = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                float[] out = new float[columns];
                decoder.decode(matrix, row, out, 0);
                for (float value : out) {
                    values.add(bits(value * decoder.factor(matrix, row)));
                }
            }
            assertThat(values).as("%s %s", golden.string("name"), key).isEqualTo(strings(golden, key));
        }
    }

    private static JsonObject golden(String file) {
        return Json.readObject(TestData.folder("formats").resolve(file));
    }

    private static Tensor scalar(String name, JsonObject golden, String key) {
        return FormatSample.floats(name, List.of(), value(Objects.requireNonNull(golden.string(key))));
    }

    private static float value(String hex) {
        return Float.intBitsToFloat(HexFormat.fromHexDigits(hex));
    }

    private static byte[] bytes(JsonObject golden, String key) {
        return HexFormat.of().parseHex(Objects.requireNonNull(golden.string(key)));
    }

    private static String bits(float value) {
        return Float.isNaN(value) ? "nan" : HexFormat.of().toHexDigits(Float.floatToRawIntBits(value));
    }

    private static List<String> strings(JsonObject golden, String key) {
        return Objects.requireNonNull(golden.list(key)).stream()
                .map(item -> (String) Objects.requireNonNull(item))
                .toList();
    }

    private static List<JsonObject> objects(JsonObject golden, String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : Objects.requireNonNull(golden.list(key))) {
            objects.add(Objects.requireNonNull(
                    new JsonObject(Map.of("item", Objects.requireNonNull(item)), golden.source(), "").object("item")));
        }
        return objects;
    }
}
