package dev.nemotron.format.fp8.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.INTS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowDots} of E4M3 without block scales, where a vector of as many bytes exists as there are lanes. The codes are decoded as {@link Fp8VectorDecoder} does. */
public final class Fp8Dots implements RowDots {

    /** The fewest lanes: the narrowest vector has eight bytes. */
    public static final int FEWEST_LANES = 8;

    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, Lanes.FLOATS.vectorBitSize() / 4)));

    private static final int REBIAS = (127 - 7) << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int NAN = 0x7F << 20;
    private static final int NAN_BITS = 0x7FC0_0000;

    /** Rows that are taken together, one after the other: to decode them takes longer than to read them. */
    private static final int ROWS = 4;

    /** Creates the kernel, which holds no state. */
    public Fp8Dots() {}

    @Override
    public int rows(int inputs) {
        return ROWS;
    }

    @Override
    public void one(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        for (int i = 0; i < ROWS; i++) {
            long w = (long) Math.min(row + i * far, last) * matrix.columns() - before;
            int to = sums + i * COUNT;
            FloatVector.zero(FLOATS).intoArray(memory, to);
            row(matrix.codes(), w, 0, columns, memory, x, to);
        }
    }

    @Override
    public void four(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        for (int i = 0; i < ROWS; i++) {
            long w = (long) Math.min(row + i * far, last) * matrix.columns() - before;
            int to = sums + i * INPUTS * COUNT;
            for (int t = 0; t < INPUTS; t++) {
                FloatVector.zero(FLOATS).intoArray(memory, to + t * COUNT);
            }
            rowTimesFour(matrix.codes(), w, 0, columns, memory, x, to);
        }
    }

    /** Adds the columns in a range of the row at byte {@code w} to the lanes of its sum. */
    static void row(MemorySegment codes, long w, int from, int columns, float[] memory, int x, int sums) {
        FloatVector sum = FloatVector.fromArray(FLOATS, memory, sums);
        for (int c = from; c < columns; c += COUNT) {
            long at = w + c;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory
            IntVector code = ByteVector.fromMemorySegment(BYTES, codes, at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7F).lanewise(LSHL, 20);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-6f);
            FloatVector weights = magnitude
                    .add(REBIAS)
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .blend(NAN_BITS, magnitude.compare(EQ, NAN))
                    .or(code.and(0x80).lanewise(LSHL, 24))
                    .reinterpretAsFloats();
            sum = weights.fma(FloatVector.fromArray(FLOATS, memory, x + c), sum);
        }
        sum.intoArray(memory, sums);
    }

    /** Adds the columns in a range of the row at byte {@code w} times each input to the lanes of their sums. */
    static void rowTimesFour(MemorySegment codes, long w, int from, int columns, float[] memory, int x, int sums) {
        int x1 = x + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        FloatVector sum0 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, memory, sums + COUNT);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT);
        for (int c = from; c < columns; c += COUNT) {
            long at = w + c;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory
            IntVector code = ByteVector.fromMemorySegment(BYTES, codes, at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7F).lanewise(LSHL, 20);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-6f);
            FloatVector weights = magnitude
                    .add(REBIAS)
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .blend(NAN_BITS, magnitude.compare(EQ, NAN))
                    .or(code.and(0x80).lanewise(LSHL, 24))
                    .reinterpretAsFloats();
            sum0 = weights.fma(FloatVector.fromArray(FLOATS, memory, x + c), sum0);
            sum1 = weights.fma(FloatVector.fromArray(FLOATS, memory, x1 + c), sum1);
            sum2 = weights.fma(FloatVector.fromArray(FLOATS, memory, x2 + c), sum2);
            sum3 = weights.fma(FloatVector.fromArray(FLOATS, memory, x3 + c), sum3);
        }
        sum0.intoArray(memory, sums);
        sum1.intoArray(memory, sums + COUNT);
        sum2.intoArray(memory, sums + 2 * COUNT);
        sum3.intoArray(memory, sums + 3 * COUNT);
    }
}
