package dev.nemotron.format.fp8.vector;

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

/**
 * {@link RowDots} of E4M3 without block scales, where a vector of as many bytes exists as there are lanes. The codes are
 * decoded as {@link Fp8VectorDecoder} does.
 */
public final class Fp8Dots implements RowDots {

    /** The fewest lanes: the narrowest vector has eight bytes. */
    public static final int FEWEST_LANES = 8;

    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, Lanes.FLOATS.vectorBitSize() / 4)));

    private static final int REBIAS = (127 - 7) << 23;
    private static final int SMALLEST_NORMAL = 1 << 23;
    private static final int NAN = 0x7F << 20;
    private static final int NAN_BITS = 0x7FC0_0000;

    /** Creates the kernel, which holds no state. */
    public Fp8Dots() {}

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
        row(matrix, row0, x, xOffset, sums, sumsOffset);
        row(matrix, row1, x, xOffset, sums, sumsOffset + Lanes.COUNT);
        row(matrix, row2, x, xOffset, sums, sumsOffset + 2L * Lanes.COUNT);
        row(matrix, row3, x, xOffset, sums, sumsOffset + 3L * Lanes.COUNT);
    }

    private static void row(
            StoredMatrix matrix, int row, MemorySegment x, long xOffset, MemorySegment sums, long sumsOffset) {
        MemorySegment codes = matrix.codes();
        int columns = matrix.columns();
        long from = (long) row * columns;
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int c = 0; c < columns; c += Lanes.COUNT) {
            byte _ = codes.get(ValueLayout.JAVA_BYTE, from + c); // see MappedMemory
            FloatVector input =
                    FloatVector.fromMemorySegment(Lanes.FLOATS, x, (xOffset + c) * Float.BYTES, Lanes.ORDER);
            IntVector code = ByteVector.fromMemorySegment(BYTES, codes, from + c, ByteOrder.LITTLE_ENDIAN)
                    .convertShape(ZERO_EXTEND_B2I, Lanes.INTS, 0)
                    .reinterpretAsInts();
            IntVector magnitude = code.and(0x7F).lanewise(LSHL, 20);
            FloatVector subnormal = magnitude
                    .add(REBIAS + SMALLEST_NORMAL)
                    .reinterpretAsFloats()
                    .sub(0x1p-6f);
            sum = magnitude
                    .add(REBIAS)
                    .blend(subnormal.reinterpretAsInts(), magnitude.compare(LT, SMALLEST_NORMAL))
                    .blend(NAN_BITS, magnitude.compare(EQ, NAN))
                    .or(code.and(0x80).lanewise(LSHL, 24))
                    .reinterpretAsFloats()
                    .fma(input, sum);
        }
        sum.intoMemorySegment(sums, sumsOffset * Float.BYTES, Lanes.ORDER);
    }
}
