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

    /** Creates the kernel, which holds no state. */
    public F32Dots() {}

    @Override
    public void accumulate(
            StoredMatrix matrix,
            int row0,
            int row1,
            int row2,
            int row3,
            MemorySegment x,
            long xOffset,
            MemorySegment sums,
            long sumsOffset) {
        int columns = matrix.columns();
        long stride = (long) columns * Float.BYTES;
        accumulate(
                matrix.codes(),
                row0 * stride,
                row1 * stride,
                row2 * stride,
                row3 * stride,
                x,
                xOffset * Float.BYTES,
                columns,
                sums,
                sumsOffset * Float.BYTES);
    }

    /** The same on rows at given bytes; columns beyond the last full vector are left out. */
    static void accumulate(
            MemorySegment weights,
            long w0,
            long w1,
            long w2,
            long w3,
            MemorySegment x,
            long xAt,
            int columns,
            MemorySegment sums,
            long sumsAt) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int body = Lanes.body(columns);
        for (int c = 0; c < body; c += COUNT) {
            long at = (long) c * Float.BYTES;
            byte _ = weights.get(ValueLayout.JAVA_BYTE, w0 + at); // see MappedMemory
            FloatVector input = FloatVector.fromMemorySegment(FLOATS, x, xAt + at, order);
            sum0 = FloatVector.fromMemorySegment(FLOATS, weights, w0 + at, order)
                    .fma(input, sum0);
            sum1 = FloatVector.fromMemorySegment(FLOATS, weights, w1 + at, order)
                    .fma(input, sum1);
            sum2 = FloatVector.fromMemorySegment(FLOATS, weights, w2 + at, order)
                    .fma(input, sum2);
            sum3 = FloatVector.fromMemorySegment(FLOATS, weights, w3 + at, order)
                    .fma(input, sum3);
        }
        int vector = FLOATS.vectorByteSize();
        sum0.intoMemorySegment(sums, sumsAt, order);
        sum1.intoMemorySegment(sums, sumsAt + vector, order);
        sum2.intoMemorySegment(sums, sumsAt + 2L * vector, order);
        sum3.intoMemorySegment(sums, sumsAt + 3L * vector, order);
    }
}
