package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;

import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** {@link RowDots} of weights that are stored as FP32, row-major, at any address. */
public final class F32Dots implements RowDots {

    /** Rows that are multiplied together, with one input or four. */
    private static final int ROWS = 4;

    /** Creates the kernel, which holds no state. */
    public F32Dots() {}

    @Override
    public int rows(int inputs) {
        return ROWS;
    }

    @Override
    public void one(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        accumulate(matrix, row, far, last, before, columns, memory, x, sums);
    }

    @Override
    public void four(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        accumulateFour(matrix, row, far, last, before, columns, memory, x, sums);
    }

    private static void accumulate(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        MemorySegment codes = matrix.codes();
        long w0 = ((long) row * matrix.columns() - before) * Float.BYTES;
        long w1 = ((long) Math.min(row + far, last) * matrix.columns() - before) * Float.BYTES;
        long w2 = ((long) Math.min(row + 2 * far, last) * matrix.columns() - before) * Float.BYTES;
        long w3 = ((long) Math.min(row + 3 * far, last) * matrix.columns() - before) * Float.BYTES;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        for (int c = 0; c < columns; c += COUNT) {
            long at = (long) c * Float.BYTES;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, w0 + at); // see MappedMemory
            FloatVector input = FloatVector.fromArray(FLOATS, memory, x + c);
            sum0 = FloatVector.fromMemorySegment(FLOATS, codes, w0 + at, ByteOrder.LITTLE_ENDIAN)
                    .fma(input, sum0);
            sum1 = FloatVector.fromMemorySegment(FLOATS, codes, w1 + at, ByteOrder.LITTLE_ENDIAN)
                    .fma(input, sum1);
            sum2 = FloatVector.fromMemorySegment(FLOATS, codes, w2 + at, ByteOrder.LITTLE_ENDIAN)
                    .fma(input, sum2);
            sum3 = FloatVector.fromMemorySegment(FLOATS, codes, w3 + at, ByteOrder.LITTLE_ENDIAN)
                    .fma(input, sum3);
        }
        sum0.intoArray(memory, sums);
        sum1.intoArray(memory, sums + COUNT);
        sum2.intoArray(memory, sums + 2 * COUNT);
        sum3.intoArray(memory, sums + 3 * COUNT);
    }

    private static void accumulateFour(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        MemorySegment codes = matrix.codes();
        long w0 = ((long) row * matrix.columns() - before) * Float.BYTES;
        long w1 = ((long) Math.min(row + far, last) * matrix.columns() - before) * Float.BYTES;
        long w2 = ((long) Math.min(row + 2 * far, last) * matrix.columns() - before) * Float.BYTES;
        long w3 = ((long) Math.min(row + 3 * far, last) * matrix.columns() - before) * Float.BYTES;
        int x1 = x + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        for (int c = 0; c < columns; c += COUNT) {
            long at = (long) c * Float.BYTES;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, w0 + at); // see MappedMemory
            FloatVector in0 = FloatVector.fromArray(FLOATS, memory, x + c);
            FloatVector in1 = FloatVector.fromArray(FLOATS, memory, x1 + c);
            FloatVector in2 = FloatVector.fromArray(FLOATS, memory, x2 + c);
            FloatVector in3 = FloatVector.fromArray(FLOATS, memory, x3 + c);
            FloatVector weights = FloatVector.fromMemorySegment(FLOATS, codes, w0 + at, ByteOrder.LITTLE_ENDIAN);
            s00 = weights.fma(in0, s00);
            s01 = weights.fma(in1, s01);
            s02 = weights.fma(in2, s02);
            s03 = weights.fma(in3, s03);
            weights = FloatVector.fromMemorySegment(FLOATS, codes, w1 + at, ByteOrder.LITTLE_ENDIAN);
            s10 = weights.fma(in0, s10);
            s11 = weights.fma(in1, s11);
            s12 = weights.fma(in2, s12);
            s13 = weights.fma(in3, s13);
            weights = FloatVector.fromMemorySegment(FLOATS, codes, w2 + at, ByteOrder.LITTLE_ENDIAN);
            s20 = weights.fma(in0, s20);
            s21 = weights.fma(in1, s21);
            s22 = weights.fma(in2, s22);
            s23 = weights.fma(in3, s23);
            weights = FloatVector.fromMemorySegment(FLOATS, codes, w3 + at, ByteOrder.LITTLE_ENDIAN);
            s30 = weights.fma(in0, s30);
            s31 = weights.fma(in1, s31);
            s32 = weights.fma(in2, s32);
            s33 = weights.fma(in3, s33);
        }
        s00.intoArray(memory, sums);
        s01.intoArray(memory, sums + COUNT);
        s02.intoArray(memory, sums + 2 * COUNT);
        s03.intoArray(memory, sums + 3 * COUNT);
        s10.intoArray(memory, sums + 4 * COUNT);
        s11.intoArray(memory, sums + 5 * COUNT);
        s12.intoArray(memory, sums + 6 * COUNT);
        s13.intoArray(memory, sums + 7 * COUNT);
        s20.intoArray(memory, sums + 8 * COUNT);
        s21.intoArray(memory, sums + 9 * COUNT);
        s22.intoArray(memory, sums + 10 * COUNT);
        s23.intoArray(memory, sums + 11 * COUNT);
        s30.intoArray(memory, sums + 12 * COUNT);
        s31.intoArray(memory, sums + 13 * COUNT);
        s32.intoArray(memory, sums + 14 * COUNT);
        s33.intoArray(memory, sums + 15 * COUNT);
    }
}
