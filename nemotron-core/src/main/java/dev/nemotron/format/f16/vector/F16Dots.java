package dev.nemotron.format.f16.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.INTS;
import static dev.nemotron.kernel.vector.Lanes.SHORTS;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/** {@link RowDots} of IEEE halves, row-major, at any address. They are decoded as {@link F16VectorDecoder} does. */
public final class F16Dots implements RowDots {

    private static final int REBIAS = (127 - 15) << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int INFINITY = 31 << 23;

    /** Rows that are taken together, one after the other: to decode them takes longer than to read them. */
    private static final int ROWS = 4;

    /** Creates the kernel, which holds no state. */
    public F16Dots() {}

    @Override
    public int rows(int inputs) {
        return ROWS;
    }

    @Override
    public void one(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        for (int i = 0; i < ROWS; i++) {
            long w = ((long) Math.min(row + i * far, last) * matrix.columns() - before) * Short.BYTES;
            int to = sums + i * COUNT;
            FloatVector.zero(FLOATS).intoArray(memory, to);
            row(matrix.codes(), w, 0, columns, memory, x, to);
        }
    }

    @Override
    public void four(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        for (int i = 0; i < ROWS; i++) {
            long w = ((long) Math.min(row + i * far, last) * matrix.columns() - before) * Short.BYTES;
            int to = sums + i * INPUTS * COUNT;
            for (int t = 0; t < INPUTS; t++) {
                FloatVector.zero(FLOATS).intoArray(memory, to + t * COUNT);
            }
            rowTimesFour(matrix.codes(), w, 0, columns, memory, x, to);
        }
    }

    /** Adds the columns in a range of the row at byte {@code w} to the lanes of its sum. */
    private static void row(MemorySegment codes, long w, int from, int columns, float[] memory, int x, int sums) {
        FloatVector sum = FloatVector.fromArray(FLOATS, memory, sums);
        for (int c = from; c < columns; c += COUNT) {
            long at = w + (long) c * Short.BYTES;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory
            IntVector code = ShortVector.fromMemorySegment(SHORTS, codes, at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7FFF).lanewise(LSHL, 13);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-14f);
            IntVector normal = magnitude.add(REBIAS);
            FloatVector weights = normal.blend(normal.add(REBIAS), magnitude.compare(GE, INFINITY))
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .or(code.and(0x8000).lanewise(LSHL, 16))
                    .reinterpretAsFloats();
            sum = weights.fma(FloatVector.fromArray(FLOATS, memory, x + c), sum);
        }
        sum.intoArray(memory, sums);
    }

    /** Adds the columns in a range of the row at byte {@code w} times each input to the lanes of their sums. */
    private static void rowTimesFour(
            MemorySegment codes, long w, int from, int columns, float[] memory, int x, int sums) {
        int x1 = x + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        FloatVector sum0 = FloatVector.fromArray(FLOATS, memory, sums);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, memory, sums + COUNT);
        FloatVector sum2 = FloatVector.fromArray(FLOATS, memory, sums + 2 * COUNT);
        FloatVector sum3 = FloatVector.fromArray(FLOATS, memory, sums + 3 * COUNT);
        for (int c = from; c < columns; c += COUNT) {
            long at = w + (long) c * Short.BYTES;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, at); // see MappedMemory
            IntVector code = ShortVector.fromMemorySegment(SHORTS, codes, at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7FFF).lanewise(LSHL, 13);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-14f);
            IntVector normal = magnitude.add(REBIAS);
            FloatVector weights = normal.blend(normal.add(REBIAS), magnitude.compare(GE, INFINITY))
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .or(code.and(0x8000).lanewise(LSHL, 16))
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
