package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.INTS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static dev.nemotron.kernel.vector.Lanes.SHORTS;

import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** {@link RowDots} of weights that are stored as BF16, row-major, at any address. */
public final class Bf16Dots implements RowDots {

    /** Creates the kernel, which holds no state. */
    public Bf16Dots() {}

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
        MemorySegment codes = matrix.codes();
        int columns = matrix.columns();
        long w0 = (long) row0 * columns * Short.BYTES;
        long w1 = (long) row1 * columns * Short.BYTES;
        long w2 = (long) row2 * columns * Short.BYTES;
        long w3 = (long) row3 * columns * Short.BYTES;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        for (int c = 0; c < columns; c += COUNT) {
            long at = (long) c * Short.BYTES;
            byte _ = codes.get(ValueLayout.JAVA_BYTE, w0 + at); // see MappedMemory
            FloatVector input = FloatVector.fromMemorySegment(FLOATS, x, (xOffset + c) * Float.BYTES, ORDER);
            sum0 = ShortVector.fromMemorySegment(SHORTS, codes, w0 + at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(input, sum0);
            sum1 = ShortVector.fromMemorySegment(SHORTS, codes, w1 + at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(input, sum1);
            sum2 = ShortVector.fromMemorySegment(SHORTS, codes, w2 + at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(input, sum2);
            sum3 = ShortVector.fromMemorySegment(SHORTS, codes, w3 + at, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 16)
                    .reinterpretAsFloats()
                    .fma(input, sum3);
        }
        long sumsAt = sumsOffset * Float.BYTES;
        int vector = FLOATS.vectorByteSize();
        sum0.intoMemorySegment(sums, sumsAt, ORDER);
        sum1.intoMemorySegment(sums, sumsAt + vector, ORDER);
        sum2.intoMemorySegment(sums, sumsAt + 2L * vector, ORDER);
        sum3.intoMemorySegment(sums, sumsAt + 3L * vector, ORDER);
    }
}
