package dev.nemotron.format;

import static dev.nemotron.format.FormatSample.codes16;
import static dev.nemotron.format.FormatSample.filled;
import static dev.nemotron.format.FormatSample.floats;
import static dev.nemotron.format.FormatSample.module;
import static dev.nemotron.format.FormatSample.ramp;
import static dev.nemotron.format.FormatSample.shape;
import static dev.nemotron.format.FormatSample.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.format.bf16.Bf16Format;
import dev.nemotron.format.f16.F16Format;
import dev.nemotron.format.f32.F32Format;
import dev.nemotron.format.fp8.Fp8BlockFormat;
import dev.nemotron.format.fp8.Fp8Format;
import dev.nemotron.format.nvfp4.Nvfp4Format;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFormatsTest {

    @Nested
    class F32 extends WeightFormatContract {
        F32() {
            super(new F32Format(), (r, c) -> module(tensor("weight", DType.F32, shape(r, c), ramp(4 * r * c, 0))));
        }
    }

    @Nested
    class F16 extends WeightFormatContract {
        F16() {
            super(new F16Format(), (r, c) -> module(tensor("weight", DType.F16, shape(r, c), codes16(r * c))));
        }
    }

    @Nested
    class Bf16 extends WeightFormatContract {
        Bf16() {
            super(new Bf16Format(), (r, c) -> module(tensor("weight", DType.BF16, shape(r, c), codes16(r * c))));
        }
    }

    @Nested
    class Fp8WithOneScale extends WeightFormatContract {
        Fp8WithOneScale() {
            super(new Fp8Format(), (r, c) -> fp8(r, c, floats("weight_scale", List.of(), 0.013f)));
        }
    }

    @Nested
    class Fp8WithAScaleARow extends WeightFormatContract {
        Fp8WithAScaleARow() {
            super(new Fp8Format(), (r, c) -> fp8(r, c, floats("weight_scale", shape(r, 1), positive(r))));
        }
    }

    @Nested
    class Fp8WithAShortScaleARow extends WeightFormatContract {
        Fp8WithAShortScaleARow() {
            super(
                    new Fp8Format(),
                    (r, c) -> fp8(r, c, tensor("weight_scale", DType.BF16, shape(r), bf16(positive(r)))));
        }
    }

    @Nested
    class Fp8WithAScaleABlock extends WeightFormatContract {
        Fp8WithAScaleABlock() {
            super(new Fp8BlockFormat(), (r, c) -> {
                int across = Math.ceilDiv(r, 128);
                int along = Math.ceilDiv(c, 128);
                return fp8(r, c, floats("weight_scale_inv", shape(across, along), positive(across * along)));
            });
        }
    }

    @Nested
    class Nvfp4OfModelOpt extends WeightFormatContract {
        Nvfp4OfModelOpt() {
            super(new Nvfp4Format(), WeightFormatsTest::nvfp4);
        }
    }

    @Nested
    class Nvfp4OfCompressedTensors extends WeightFormatContract {
        Nvfp4OfCompressedTensors() {
            super(
                    new Nvfp4Format(),
                    (r, c) -> module(
                            tensor("weight_packed", DType.U8, shape(r, c / 2), ramp(r * c / 2, 0)),
                            tensor("weight_scale", DType.F8_E4M3, shape(r, c / 16), scales(r * c / 16)),
                            floats("weight_global_scale", List.of(1L), 850)));
        }
    }

    @Nested
    class Nvfp4AsPanels extends WeightFormatContract {
        Nvfp4AsPanels() {
            super(Nvfp4PanelFormat.instance(), WeightFormatsTest::panels);
        }
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of("INT8", module(tensor("weight", DType.I8, shape(8, 32), ramp(256, 0)))),
                Arguments.of(
                        "MXFP4",
                        module(
                                tensor("weight", DType.U8, shape(8, 16), ramp(128, 0)),
                                tensor("weight_scale", DType.U8, shape(8, 1), filled(8, 127)))),
                Arguments.of(
                        "MXFP4",
                        module(
                                tensor("weight_packed", DType.U8, shape(8, 16), ramp(128, 0)),
                                tensor("weight_scale", DType.U8, shape(8, 1), filled(8, 127)))),
                Arguments.of("MXFP8", fp8(8, 32, tensor("weight_scale", DType.U8, shape(8, 1), filled(8, 127)))),
                Arguments.of("MXFP8", fp8(8, 32, tensor("weight_scale", DType.F8_E8M0, shape(8, 1), filled(8, 127)))),
                Arguments.of(
                        "INT4 AWQ",
                        module(
                                tensor("weight", DType.U8, shape(4, 32), ramp(128, 0)),
                                floats("weight_scale", shape(8, 1), positive(8)))),
                Arguments.of(
                        "pack-quantized",
                        module(
                                tensor("weight_packed", DType.I32, shape(8, 4), ramp(128, 0)),
                                floats("weight_scale", shape(8, 1), positive(8)))),
                Arguments.of("FP8 E5M2", module(tensor("weight", DType.F8_E5M2, shape(8, 32), ramp(256, 0)))));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void aFormatThatIsNotReadIsNamedTogetherWithThoseThatAre(String name, ModuleTensors tensors) {
        assertThatThrownBy(() -> WeightFormats.recognise(tensors, 8, 32))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("\"m\"")
                .hasMessageContaining(name)
                .hasMessageEndingWith("supported are BF16, F16, F32, FP8, FP8-BLOCK, NVFP4");
    }

    @Test
    void aMissingWeightIsNamedWithWhatIsThere() {
        assertThatThrownBy(() -> WeightFormats.recognise(module(floats("bias", shape(8), positive(8))), 8, 32))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("m.weight")
                .hasMessageContaining("bias F32 [8]");
    }

    @Test
    void aRouterKeepsItsCorrectionBiasBesideAPlainWeight() {
        ModuleTensors gate = module(
                tensor("weight", DType.F32, shape(8, 32), ramp(1024, 0)),
                floats("e_score_correction_bias", shape(8), positive(8)));
        assertThat(WeightFormats.recognise(gate, 8, 32).format().name()).isEqualTo("F32");
    }

    @Test
    void anUnknownCompanionOfAQuantisedWeightIsAnError() {
        ModuleTensors tensors = FormatSample.with(
                fp8(8, 32, floats("weight_scale", List.of(), 1)), floats("weight_outliers", shape(8), positive(8)));
        assertThatThrownBy(() -> WeightFormats.recognise(tensors, 8, 32))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("weight_outliers");
    }

    @Test
    void fp8WithoutAScaleIsAnError() {
        assertThatThrownBy(() -> WeightFormats.recognise(
                        module(tensor("weight", DType.F8_E4M3, shape(8, 32), ramp(256, 0))), 8, 32))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("m.weight_scale");
    }

    @Test
    void fp8ScalesOfAnyOtherShapeAreAnError() {
        for (List<Long> shape : List.of(shape(2), shape(1, 8), shape(8, 2), shape(32), shape(2, 2))) {
            int count = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
            assertThatThrownBy(() ->
                            WeightFormats.recognise(fp8(8, 32, floats("weight_scale", shape, positive(count))), 8, 32))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(shape.toString());
        }
    }

    @Test
    void aColumnOfScalesIsTakenForRowsAndARowOfThemForBlocks() {
        assertThat(WeightFormats.recognise(fp8(2, 256, floats("weight_scale", shape(2, 1), positive(2))), 2, 256)
                        .format()
                        .name())
                .isEqualTo("FP8");
        assertThat(WeightFormats.recognise(fp8(2, 256, floats("weight_scale", shape(1, 2), positive(2))), 2, 256)
                        .format()
                        .name())
                .isEqualTo("FP8-BLOCK");
    }

    @Test
    void nvfp4WithoutTheFactorIsAnError() {
        ModuleTensors tensors = module(
                tensor("weight", DType.U8, shape(8, 16), ramp(128, 0)),
                tensor("weight_scale", DType.F8_E4M3, shape(8, 2), scales(16)));
        assertThatThrownBy(() -> WeightFormats.recognise(tensors, 8, 32))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("weight_scale_2");
    }

    @Test
    void nvfp4WithInputsThatAreNoMultipleOf16IsAnError() {
        ModuleTensors tensors = module(
                tensor("weight", DType.U8, shape(8, 12), ramp(96, 0)),
                tensor("weight_scale", DType.F8_E4M3, shape(8, 2), scales(16)),
                floats("weight_scale_2", List.of(), 1));
        assertThatThrownBy(() -> WeightFormats.recognise(tensors, 8, 24))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("multiple of 16");
    }

    @Test
    void aFactorOfSeveralElementsIsAnError() {
        ModuleTensors tensors = module(
                tensor("weight", DType.U8, shape(8, 16), ramp(128, 0)),
                tensor("weight_scale", DType.F8_E4M3, shape(8, 2), scales(16)),
                floats("weight_scale_2", shape(8), positive(8)));
        assertThatThrownBy(() -> WeightFormats.recognise(tensors, 8, 32))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("one element");
    }

    @Test
    void aBlockScaleOfZeroIsAllowed() {
        ModuleTensors tensors = module(
                tensor("weight", DType.U8, shape(1, 8), ramp(8, 0)),
                tensor("weight_scale", DType.F8_E4M3, shape(1, 1), new byte[1]),
                floats("weight_scale_2", List.of(), 1));
        StoredMatrix matrix = WeightFormats.recognise(tensors, 1, 16);
        assertThat(matrix.factor()).isEqualTo(1);
    }

    private static ModuleTensors panels(int rows, int columns) {
        ModuleTensors published = nvfp4(rows, columns);
        StoredMatrix matrix = WeightFormats.recognise(published, rows, columns);
        byte[] panels = new byte[Math.toIntExact(Panels.count(rows) * Panels.bytes(columns))];
        for (int p = 0; p < Panels.count(rows); p++) {
            long at = p * Panels.bytes(columns);
            Panels.pack(matrix, p * Panels.ROWS, rows, MemorySegment.ofArray(panels), at);
        }
        byte[] dimensions = Nvfp4PanelFormat.dimensions(rows, columns).toArray(ValueLayout.JAVA_BYTE);
        return module(
                tensor("weight_panels", DType.U8, Nvfp4PanelFormat.shape(rows, columns), panels),
                floats("weight_factor", List.of(1L), matrix.factor()),
                tensor("weight_panels_shape", DType.I64, shape(2), dimensions));
    }

    private static ModuleTensors nvfp4(int rows, int columns) {
        return module(
                tensor("weight", DType.U8, shape(rows, columns / 2), ramp(rows * columns / 2, 0)),
                tensor("weight_scale", DType.F8_E4M3, shape(rows, columns / 16), scales(rows * columns / 16)),
                floats("weight_scale_2", List.of(), 0.00117f));
    }

    static ModuleTensors fp8(int rows, int columns, dev.nemotron.checkpoint.Tensor scale) {
        return module(tensor("weight", DType.F8_E4M3, shape(rows, columns), ramp(rows * columns, 0)), scale);
    }

    static float[] positive(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.01f + 0.37f * (i % 11);
        }
        return values;
    }

    private static byte[] bf16(float[] values) {
        byte[] data = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            int bits = Float.floatToRawIntBits(values[i]) >>> 16;
            data[2 * i] = (byte) bits;
            data[2 * i + 1] = (byte) (bits >> 8);
        }
        return data;
    }

    /** E4M3 codes of positive numbers, all 127 of them. */
    private static byte[] scales(int count) {
        byte[] codes = new byte[count];
        for (int i = 0; i < count; i++) {
            codes[i] = (byte) (i % 127);
        }
        return codes;
    }
}
