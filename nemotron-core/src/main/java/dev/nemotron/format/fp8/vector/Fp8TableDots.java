package dev.nemotron.format.fp8.vector;

import static dev.nemotron.format.fp8.vector.E4M3Bytes.BYTES;
import static dev.nemotron.format.fp8.vector.E4M3Bytes.TOGETHER;
import static dev.nemotron.format.fp8.vector.E4M3Bytes.UPPER_HALF;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link RowDots} of E4M3 without block scales where bytes can be looked up in tables. Columns that do not fill a vector of
 * codes are decoded as {@link Fp8Dots} does.
 */
public final class Fp8TableDots implements RowDots {

    private static final int ROWS = 4;
    private static final int ROWS_OF_FOUR = 2;
    private static final byte SIGN = (byte) 0x80;

    /** Creates the kernel, which holds no state. */
    public Fp8TableDots() {}

    @Override
    public int rows(int inputs) {
        return inputs == 1 ? ROWS : ROWS_OF_FOUR;
    }

    @Override
    public void one(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        accumulate(matrix, row, far, last, before, columns, memory, x, sums);
        int body = columns - columns % TOGETHER;
        for (int i = 0; i < ROWS && body < columns; i++) {
            long w = (long) Math.min(row + i * far, last) * matrix.columns() - before;
            Fp8Dots.row(matrix.codes(), w, body, columns, memory, x, sums + i * COUNT);
        }
    }

    @Override
    public void four(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        accumulateFour(matrix, row, far, last, before, columns, memory, x, sums);
        int body = columns - columns % TOGETHER;
        for (int i = 0; i < ROWS_OF_FOUR && body < columns; i++) {
            long w = (long) Math.min(row + i * far, last) * matrix.columns() - before;
            Fp8Dots.rowTimesFour(matrix.codes(), w, body, columns, memory, x, sums + i * INPUTS * COUNT);
        }
    }

    private static void accumulate(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        MemorySegment stored = matrix.codes();
        long w0 = (long) row * matrix.columns() - before;
        long w1 = (long) Math.min(row + far, last) * matrix.columns() - before;
        long w2 = (long) Math.min(row + 2 * far, last) * matrix.columns() - before;
        long w3 = (long) Math.min(row + 3 * far, last) * matrix.columns() - before;
        ByteVector upper0 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, 0);
        ByteVector upper1 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, TOGETHER);
        ByteVector lower0 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, 0);
        ByteVector lower1 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, TOGETHER);
        ByteVector firstHalf = ByteVector.fromArray(BYTES, E4M3Bytes.FIRST_HALF, 0);
        ByteVector secondHalf = ByteVector.fromArray(BYTES, E4M3Bytes.SECOND_HALF, 0);
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int body = columns - columns % TOGETHER;
        for (int c = 0; c < body; c += TOGETHER) {
            byte _ = stored.get(ValueLayout.JAVA_BYTE, w0 + c); // see MappedMemory
            FloatVector in0 = FloatVector.fromArray(FLOATS, memory, x + c);
            FloatVector in1 = FloatVector.fromArray(FLOATS, memory, x + c + COUNT);
            FloatVector in2 = FloatVector.fromArray(FLOATS, memory, x + c + 2 * COUNT);
            FloatVector in3 = FloatVector.fromArray(FLOATS, memory, x + c + 3 * COUNT);
            ByteVector codes = ByteVector.fromMemorySegment(BYTES, stored, w0 + c, LITTLE_ENDIAN);
            ByteVector lower = codes.selectFrom(lower0, lower1);
            ByteVector upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            IntVector first = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            IntVector second = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            sum0 = first.lanewise(LSHL, 16).reinterpretAsFloats().fma(in0, sum0);
            sum0 = first.and(UPPER_HALF).reinterpretAsFloats().fma(in1, sum0);
            sum0 = second.lanewise(LSHL, 16).reinterpretAsFloats().fma(in2, sum0);
            sum0 = second.and(UPPER_HALF).reinterpretAsFloats().fma(in3, sum0);
            codes = ByteVector.fromMemorySegment(BYTES, stored, w1 + c, LITTLE_ENDIAN);
            lower = codes.selectFrom(lower0, lower1);
            upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            first = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            second = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            sum1 = first.lanewise(LSHL, 16).reinterpretAsFloats().fma(in0, sum1);
            sum1 = first.and(UPPER_HALF).reinterpretAsFloats().fma(in1, sum1);
            sum1 = second.lanewise(LSHL, 16).reinterpretAsFloats().fma(in2, sum1);
            sum1 = second.and(UPPER_HALF).reinterpretAsFloats().fma(in3, sum1);
            codes = ByteVector.fromMemorySegment(BYTES, stored, w2 + c, LITTLE_ENDIAN);
            lower = codes.selectFrom(lower0, lower1);
            upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            first = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            second = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            sum2 = first.lanewise(LSHL, 16).reinterpretAsFloats().fma(in0, sum2);
            sum2 = first.and(UPPER_HALF).reinterpretAsFloats().fma(in1, sum2);
            sum2 = second.lanewise(LSHL, 16).reinterpretAsFloats().fma(in2, sum2);
            sum2 = second.and(UPPER_HALF).reinterpretAsFloats().fma(in3, sum2);
            codes = ByteVector.fromMemorySegment(BYTES, stored, w3 + c, LITTLE_ENDIAN);
            lower = codes.selectFrom(lower0, lower1);
            upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            first = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            second = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            sum3 = first.lanewise(LSHL, 16).reinterpretAsFloats().fma(in0, sum3);
            sum3 = first.and(UPPER_HALF).reinterpretAsFloats().fma(in1, sum3);
            sum3 = second.lanewise(LSHL, 16).reinterpretAsFloats().fma(in2, sum3);
            sum3 = second.and(UPPER_HALF).reinterpretAsFloats().fma(in3, sum3);
        }
        sum0.intoArray(memory, sums);
        sum1.intoArray(memory, sums + COUNT);
        sum2.intoArray(memory, sums + 2 * COUNT);
        sum3.intoArray(memory, sums + 3 * COUNT);
    }

    private static void accumulateFour(
            StoredMatrix matrix, int row, int far, int last, int before, int columns, float[] memory, int x, int sums) {
        MemorySegment stored = matrix.codes();
        long w0 = (long) row * matrix.columns() - before;
        long w1 = (long) Math.min(row + far, last) * matrix.columns() - before;
        int x1 = x + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        ByteVector upper0 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, 0);
        ByteVector upper1 = ByteVector.fromArray(BYTES, E4M3Bytes.UPPER, TOGETHER);
        ByteVector lower0 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, 0);
        ByteVector lower1 = ByteVector.fromArray(BYTES, E4M3Bytes.LOWER, TOGETHER);
        ByteVector firstHalf = ByteVector.fromArray(BYTES, E4M3Bytes.FIRST_HALF, 0);
        ByteVector secondHalf = ByteVector.fromArray(BYTES, E4M3Bytes.SECOND_HALF, 0);
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        int body = columns - columns % TOGETHER;
        for (int c = 0; c < body; c += TOGETHER) {
            byte _ = stored.get(ValueLayout.JAVA_BYTE, w0 + c); // see MappedMemory
            ByteVector codes = ByteVector.fromMemorySegment(BYTES, stored, w0 + c, LITTLE_ENDIAN);
            ByteVector lower = codes.selectFrom(lower0, lower1);
            ByteVector upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            IntVector first0 = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            IntVector second0 = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            codes = ByteVector.fromMemorySegment(BYTES, stored, w1 + c, LITTLE_ENDIAN);
            lower = codes.selectFrom(lower0, lower1);
            upper = codes.selectFrom(upper0, upper1).or(codes.and(SIGN));
            IntVector first1 = firstHalf.selectFrom(lower, upper).reinterpretAsInts();
            IntVector second1 = secondHalf.selectFrom(lower, upper).reinterpretAsInts();
            FloatVector weights0 = first0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector weights1 = first1.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector input = FloatVector.fromArray(FLOATS, memory, x + c);
            s00 = weights0.fma(input, s00);
            s10 = weights1.fma(input, s10);
            input = FloatVector.fromArray(FLOATS, memory, x1 + c);
            s01 = weights0.fma(input, s01);
            s11 = weights1.fma(input, s11);
            input = FloatVector.fromArray(FLOATS, memory, x2 + c);
            s02 = weights0.fma(input, s02);
            s12 = weights1.fma(input, s12);
            input = FloatVector.fromArray(FLOATS, memory, x3 + c);
            s03 = weights0.fma(input, s03);
            s13 = weights1.fma(input, s13);
            weights0 = first0.and(UPPER_HALF).reinterpretAsFloats();
            weights1 = first1.and(UPPER_HALF).reinterpretAsFloats();
            input = FloatVector.fromArray(FLOATS, memory, x + c + COUNT);
            s00 = weights0.fma(input, s00);
            s10 = weights1.fma(input, s10);
            input = FloatVector.fromArray(FLOATS, memory, x1 + c + COUNT);
            s01 = weights0.fma(input, s01);
            s11 = weights1.fma(input, s11);
            input = FloatVector.fromArray(FLOATS, memory, x2 + c + COUNT);
            s02 = weights0.fma(input, s02);
            s12 = weights1.fma(input, s12);
            input = FloatVector.fromArray(FLOATS, memory, x3 + c + COUNT);
            s03 = weights0.fma(input, s03);
            s13 = weights1.fma(input, s13);
            weights0 = second0.lanewise(LSHL, 16).reinterpretAsFloats();
            weights1 = second1.lanewise(LSHL, 16).reinterpretAsFloats();
            input = FloatVector.fromArray(FLOATS, memory, x + c + 2 * COUNT);
            s00 = weights0.fma(input, s00);
            s10 = weights1.fma(input, s10);
            input = FloatVector.fromArray(FLOATS, memory, x1 + c + 2 * COUNT);
            s01 = weights0.fma(input, s01);
            s11 = weights1.fma(input, s11);
            input = FloatVector.fromArray(FLOATS, memory, x2 + c + 2 * COUNT);
            s02 = weights0.fma(input, s02);
            s12 = weights1.fma(input, s12);
            input = FloatVector.fromArray(FLOATS, memory, x3 + c + 2 * COUNT);
            s03 = weights0.fma(input, s03);
            s13 = weights1.fma(input, s13);
            weights0 = second0.and(UPPER_HALF).reinterpretAsFloats();
            weights1 = second1.and(UPPER_HALF).reinterpretAsFloats();
            input = FloatVector.fromArray(FLOATS, memory, x + c + 3 * COUNT);
            s00 = weights0.fma(input, s00);
            s10 = weights1.fma(input, s10);
            input = FloatVector.fromArray(FLOATS, memory, x1 + c + 3 * COUNT);
            s01 = weights0.fma(input, s01);
            s11 = weights1.fma(input, s11);
            input = FloatVector.fromArray(FLOATS, memory, x2 + c + 3 * COUNT);
            s02 = weights0.fma(input, s02);
            s12 = weights1.fma(input, s12);
            input = FloatVector.fromArray(FLOATS, memory, x3 + c + 3 * COUNT);
            s03 = weights0.fma(input, s03);
            s13 = weights1.fma(input, s13);
        }
        s00.intoArray(memory, sums);
        s01.intoArray(memory, sums + COUNT);
        s02.intoArray(memory, sums + 2 * COUNT);
        s03.intoArray(memory, sums + 3 * COUNT);
        s10.intoArray(memory, sums + 4 * COUNT);
        s11.intoArray(memory, sums + 5 * COUNT);
        s12.intoArray(memory, sums + 6 * COUNT);
        s13.intoArray(memory, sums + 7 * COUNT);
    }
}
