package dev.nemotron.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.DType;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every weight format keeps. A format passes by one line: a class that extends this one with its sample. */
abstract class WeightFormatContract {

    /** Makes the tensors of a matrix, whose codes run through all there are. */
    interface Sample {
        ModuleTensors tensors(int rows, int columns);
    }

    private final WeightFormat format;
    private final Sample sample;

    WeightFormatContract(WeightFormat format, Sample sample) {
        this.format = format;
        this.sample = sample;
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 32", "3, 48", "5, 80", "7, 256", "300, 1040", "17, 4096"})
    void bothDecodersGiveTheSameBits(int rows, int columns) {
        StoredMatrix matrix = matrix(rows, columns);
        for (int row = 0; row < rows; row++) {
            assertThat(decode(format.vectorDecoder(), matrix, row, 3))
                    .isEqualTo(decode(format.scalarDecoder(), matrix, row, 3));
            assertThat(Float.floatToRawIntBits(format.vectorDecoder().factor(matrix, row)))
                    .isEqualTo(Float.floatToRawIntBits(format.scalarDecoder().factor(matrix, row)));
        }
    }

    @Test
    void bothDecodersGiveTheSameBitsForEveryOddWidth() {
        for (int columns = 1; columns < 150; columns++) {
            if (accepts(columns)) {
                StoredMatrix matrix = matrix(3, columns);
                assertThat(decode(format.vectorDecoder(), matrix, 2, 1))
                        .as("%d columns", columns)
                        .isEqualTo(decode(format.scalarDecoder(), matrix, 2, 1));
            }
        }
    }

    @Test
    void bothDecodersGiveTheSameBitsForEveryCode() {
        StoredMatrix matrix = matrix(256, 512);
        for (int row = 0; row < 256; row++) {
            assertThat(decode(format.vectorDecoder(), matrix, row, 0))
                    .isEqualTo(decode(format.scalarDecoder(), matrix, row, 0));
        }
    }

    @Test
    void aDecoderWritesTheRowAndNothingElse() {
        StoredMatrix matrix = matrix(2, 48);
        for (RowDecoder decoder : List.of(format.scalarDecoder(), format.vectorDecoder())) {
            float[] out = new float[60];
            Arrays.fill(out, 7777);
            decoder.decode(matrix, 1, out, 6);
            assertThat(Arrays.copyOf(out, 6)).containsOnly(7777);
            assertThat(Arrays.copyOfRange(out, 54, 60)).containsOnly(7777);
        }
    }

    @Test
    void someColumnsAreThoseOfTheWholeRow() {
        StoredMatrix matrix = matrix(140, 720);
        for (RowDecoder decoder : List.of(format.scalarDecoder(), format.vectorDecoder())) {
            float[] row = new float[720];
            decoder.decode(matrix, 139, row, 0);
            for (int[] range :
                    new int[][] {{0, 16}, {16, 48}, {112, 720}, {256, 512}, {512, 720}, {704, 720}, {48, 48}}) {
                float[] some = new float[range[1] - range[0]];
                decoder.decode(matrix, 139, range[0], range[1], some, 0);
                assertThat(some).isEqualTo(Arrays.copyOfRange(row, range[0], range[1]));
            }
        }
    }

    @Test
    void factorsAreFiniteAndPositive() {
        StoredMatrix matrix = matrix(9, 48);
        for (int row = 0; row < 9; row++) {
            assertThat(format.scalarDecoder().factor(matrix, row)).isFinite().isPositive();
        }
    }

    @Test
    void weightsStayWhereTheyLie() {
        ModuleTensors tensors = sample.tensors(8, 32);
        StoredMatrix matrix = recognised(tensors, 8, 32);
        assertThat(tensors.tensors().values())
                .anyMatch(t -> t.data().address() == matrix.codes().address());
        assertThat(matrix.format()).isSameAs(format);
        assertThat(matrix.rows()).isEqualTo(8);
        assertThat(matrix.columns()).isEqualTo(32);
    }

    @Test
    void aShapeThatIsNotTheExpectedOneIsRefusedWithBoth() {
        for (int[] shape : new int[][] {{8, 64}, {64, 32}, {7, 32}, {32, 8}, {4, 64}}) {
            assertThatThrownBy(() -> format.recognise(sample.tensors(8, 32), shape[0], shape[1]))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("sample.safetensors")
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void aCompanionThatRescalesActivationsIsRefusedByName() {
        ModuleTensors tensors = FormatSample.with(
                sample.tensors(8, 32), FormatSample.floats("pre_quant_scale", List.of(32L), new float[32]));
        assertThatThrownBy(() -> format.recognise(tensors, 8, 32))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("pre_quant_scale");
    }

    @Test
    void aCompanionThatWouldChangeTheWeightIsRefusedByName() {
        ModuleTensors tensors = FormatSample.with(
                sample.tensors(8, 32), FormatSample.floats("weight_zero_point", List.of(8L), new float[8]));
        assertThatThrownBy(() -> format.recognise(tensors, 8, 32))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("weight_zero_point");
    }

    @Test
    void scalesOfActivationsAndOfTheCacheAndTheBiasAreNoneOfTheFormatsBusiness() {
        ModuleTensors tensors = sample.tensors(8, 32);
        for (String name : List.of("input_scale", "input_global_scale", "k_scale", "v_scale", "bias")) {
            tensors = FormatSample.with(tensors, FormatSample.floats(name, List.of(), 1));
        }
        assertThat(format.recognise(tensors, 8, 32)).isNotNull();
    }

    @Test
    void theRegistryFindsTheFormatByTheTensorsAlone() {
        assertThat(WeightFormats.recognise(sample.tensors(8, 288), 8, 288)
                        .format()
                        .name())
                .isEqualTo(format.name());
        assertThat(WeightFormats.all()).extracting(WeightFormat::name).contains(format.name());
    }

    @Test
    void aScaleThatIsNoUsableNumberIsRefusedWithItsPlace() {
        ModuleTensors good = sample.tensors(8, 288);
        good.tensors().forEach((suffix, tensor) -> {
            if (suffix.contains("scale") || suffix.contains("factor")) {
                for (Tensor bad : spoiled(suffix, tensor)) {
                    assertThatThrownBy(() -> format.recognise(FormatSample.with(good, bad), 8, 288))
                            .as("%s %s", suffix, bad.dtype())
                            .isInstanceOf(ModelFormatException.class)
                            .hasMessageContaining(suffix)
                            .hasMessageContaining("element " + (bad.elementCount() - 1));
                }
            }
        });
    }

    private static List<Tensor> spoiled(String suffix, Tensor tensor) {
        return switch (tensor.dtype()) {
            case F8_E4M3 -> List.of(spoil(suffix, tensor, 0x7F), spoil(suffix, tensor, 0xFF));
            case F32 ->
                List.of(
                        spoil(suffix, tensor, 0, 0, 0xC0, 0x7F),
                        spoil(suffix, tensor, 0, 0, 0x80, 0x7F),
                        spoil(suffix, tensor, 0, 0, 0, 0),
                        spoil(suffix, tensor, 0, 0, 0x80, 0xBF));
            case BF16 -> List.of(spoil(suffix, tensor, 0xC0, 0x7F), spoil(suffix, tensor, 0x80, 0xBF));
            default -> throw new AssertionError("a scale of type " + tensor.dtype());
        };
    }

    private static Tensor spoil(String suffix, Tensor tensor, int... last) {
        byte[] data = tensor.data().toArray(ValueLayout.JAVA_BYTE);
        for (int i = 0; i < last.length; i++) {
            data[data.length - last.length + i] = (byte) last[i];
        }
        return FormatSample.tensor(suffix, tensor.dtype(), tensor.shape(), data);
    }

    private boolean accepts(int columns) {
        return sample.tensors(16, 16).tensors().values().stream().noneMatch(t -> t.dtype() == DType.U8)
                || columns % 16 == 0;
    }

    private StoredMatrix matrix(int rows, int columns) {
        return recognised(sample.tensors(rows, columns), rows, columns);
    }

    private StoredMatrix recognised(ModuleTensors tensors, int rows, int columns) {
        StoredMatrix matrix = format.recognise(tensors, rows, columns);
        if (matrix == null) {
            throw new AssertionError(format.name() + " does not recognise its own sample " + tensors.describe());
        }
        return matrix;
    }

    /** The bits of a row; all values that are not numbers count as the same. */
    private static int[] decode(RowDecoder decoder, StoredMatrix matrix, int row, int offset) {
        float[] out = new float[matrix.columns() + offset];
        decoder.decode(matrix, row, out, offset);
        int[] bits = new int[out.length];
        for (int i = 0; i < out.length; i++) {
            bits[i] = Float.floatToIntBits(out[i]);
        }
        return bits;
    }
}
