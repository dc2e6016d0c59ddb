package dev.nemotron.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nemotron.format.bf16.Bf16Format;
import dev.nemotron.format.f16.F16Format;
import dev.nemotron.format.f16.vector.F16Dots;
import dev.nemotron.format.f32.F32Format;
import dev.nemotron.format.fp8.Fp8Format;
import dev.nemotron.format.fp8.vector.Fp8Dots;
import dev.nemotron.format.fp8.vector.Fp8TableDecoder;
import dev.nemotron.format.fp8.vector.Fp8TableDots;
import dev.nemotron.format.fp8.vector.Fp8VectorDecoder;
import dev.nemotron.kernel.Floats;
import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.vector.Bf16Dots;
import dev.nemotron.kernel.vector.F32Dots;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import dev.nemotron.spi.WeightFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kernel on stored codes against the plain decoder and {@link Math#fma}, lane by lane; all codes occur. */
class RowDotsTest {

    private static final int ROWS = 23;
    private static final int FAR = 5;

    private enum Case {
        F32(new F32Format(), Float.BYTES, new F32Dots()),
        BF16(new Bf16Format(), Short.BYTES, new Bf16Dots()),
        F16(new F16Format(), Short.BYTES, new F16Dots()),
        FP8(new Fp8Format(), Byte.BYTES, Lanes.COUNT >= Fp8Dots.FEWEST_LANES ? new Fp8Dots() : null),
        FP8_TABLES(new Fp8Format(), Byte.BYTES, Lanes.BYTE_TABLES ? new Fp8TableDots() : null);

        private final WeightFormat format;
        private final int bytes;
        private final RowDots dots;

        Case(WeightFormat format, int bytes, RowDots dots) {
            this.format = format;
            this.bytes = bytes;
            this.dots = dots;
        }

        /** Random bytes at an odd address; what is not a number, which spoils its lane, comes once, as FP8. */
        StoredMatrix matrix(int columns) {
            byte[] codes = new byte[ROWS * columns * bytes];
            new Random(columns).nextBytes(codes);
            for (int i = bytes - 1; i < codes.length; i += bytes) {
                boolean full = bytes == Byte.BYTES && (codes[i] & 0x7F) != 0x7F;
                codes[i] &= (byte) (full ? 0xFF : 0xBF);
            }
            codes[columns] = bytes == Byte.BYTES ? 0x7F : codes[columns];
            MemorySegment stored = Arena.ofAuto().allocate(codes.length + 1L).asSlice(1);
            stored.copyFrom(MemorySegment.ofArray(codes));
            return new StoredMatrix(format, "m", ROWS, columns, stored, MemorySegment.NULL, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void eachLaneSumsItsColumnsInOrder(Case one) {
        assumeTrue(one.dots != null, "this machine lacks what the kernel needs");
        for (int columns : new int[] {16, 64, 80, 208, 4160}) {
            StoredMatrix matrix = one.matrix(columns);
            int inputs = RowDots.INPUTS;
            int sums = inputs * columns + 3;
            float[] memory = new float[sums + 16 * Lanes.COUNT];
            Random random = new Random(1);
            for (int i = 0; i < inputs * columns; i++) {
                memory[i] = (float) random.nextGaussian();
            }
            for (int row = 0; row < FAR; row++) {
                one.dots.one(matrix, row, FAR, ROWS - 1, 0, columns, memory, 0, sums);
                check(one, matrix, row, 1, memory, sums);
                one.dots.four(matrix, row, FAR, ROWS - 1, 0, columns, memory, 0, sums);
                check(one, matrix, row, inputs, memory, sums);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void whereInALineOfTheCacheRowsBeginDoesNotShow(Case one) {
        Kernels kernels = KernelSelection.vector().kernels();
        for (int columns : new int[] {128, 192, 4160}) {
            StoredMatrix odd = one.matrix(columns);
            for (int inputs : new int[] {1, 3, 7}) {
                float[] expected = product(kernels, odd, inputs);
                for (int start = 0; start < 64; start += Long.BYTES) {
                    long size = odd.codes().byteSize();
                    MemorySegment codes =
                            Arena.ofAuto().allocate(size + start, 64).asSlice(start);
                    codes.copyFrom(odd.codes());
                    StoredMatrix matrix =
                            new StoredMatrix(one.format, "m", ROWS, columns, codes, MemorySegment.NULL, 1);
                    assertThat(product(kernels, matrix, inputs))
                            .as("%d columns, %d inputs, from byte %d", columns, inputs, start)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The product with all rows, computed in three ranges. */
    private static float[] product(Kernels kernels, StoredMatrix matrix, int inputs) {
        MemorySegment x = Floats.random(3, (long) inputs * matrix.columns());
        MemorySegment out = Floats.zeros((long) inputs * ROWS);
        Scratch scratch = new Scratch(Floats.zeros(kernels.multiplyScratch(matrix)));
        int from = 0;
        for (int to : new int[] {1, ROWS - 2, ROWS}) {
            kernels.multiply(matrix, from, to, x, 0, inputs, out, 0, ROWS, scratch);
            from = to;
        }
        return out.toArray(ValueLayout.JAVA_FLOAT);
    }

    private static void check(Case one, StoredMatrix matrix, int first, int inputs, float[] memory, int sums) {
        int columns = matrix.columns();
        float[] decoded = new float[columns];
        for (int i = 0; i < one.dots.rows(inputs); i++) {
            one.format.scalarDecoder().decode(matrix, Math.min(first + i * FAR, ROWS - 1), decoded, 0);
            for (int t = 0; t < inputs; t++) {
                for (int lane = 0; lane < Lanes.COUNT; lane++) {
                    float sum = 0;
                    for (int c = lane; c < columns; c += Lanes.COUNT) {
                        sum = Math.fma(decoded[c], memory[t * columns + c], sum);
                    }
                    Float actual = memory[sums + (i * inputs + t) * Lanes.COUNT + lane];
                    assertThat(actual)
                            .as("%d columns, row %d, input %d of %d, lane %d", columns, first, t, inputs, lane)
                            .isEqualTo(Float.valueOf(sum));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP8", "FP8_TABLES"})
    void bothDecodersOfE4M3GiveTheBitsOfThePlainOne(Case one) {
        assumeTrue(one.dots != null, "this machine lacks what the kernel needs");
        RowDecoder decoder = one == Case.FP8 ? new Fp8VectorDecoder(0) : new Fp8TableDecoder(0);
        for (int columns : new int[] {1, 63, 64, 65, 320}) {
            StoredMatrix matrix = one.matrix(columns);
            for (int row = 0; row < ROWS; row++) {
                float[] expected = new float[columns + 2];
                float[] actual = new float[columns + 2];
                one.format.scalarDecoder().decode(matrix, row, expected, 1);
                decoder.decode(matrix, row, actual, 1);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }
}
