package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.nemotron.format.number.E4M3;
import dev.nemotron.kernel.vector.Lanes;
import dev.nemotron.spi.RowDots;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowDots} of NVFP4 where a vector has as many lanes as a block has elements. A block is one 64-bit word; each lane of
 * 64 bits shifts it to a byte of its own, whose halves become the indices of two lanes of 32 bits into a table of the sixteen
 * values.
 */
public final class Nvfp4Dots implements RowDots {

    /** The elements of a block, and the lanes that these kernels need. */
    public static final int BLOCK = 16;

    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, Lanes.FLOATS.vectorShape());
    private static final VectorMask<Integer> UPPER_HALVES = VectorMask.fromLong(Lanes.INTS, 0xAAAA_AAAA_AAAA_AAAAL);
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int[] VALUES = values();

    /** Creates the kernel, which holds no state. */
    public Nvfp4Dots() {}

    private static int[] values() {
        float[] magnitudes = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6};
        int[] bits = new int[2 * magnitudes.length];
        for (int code = 0; code < magnitudes.length; code++) {
            bits[code] = Float.floatToRawIntBits(magnitudes[code]);
            bits[code + magnitudes.length] = Float.floatToRawIntBits(-magnitudes[code]);
        }
        return bits;
    }

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
        MemorySegment scales = matrix.scales();
        int blocks = matrix.columns() / BLOCK;
        long b0 = (long) row0 * blocks;
        long b1 = (long) row1 * blocks;
        long b2 = (long) row2 * blocks;
        long b3 = (long) row3 * blocks;
        IntVector table = IntVector.fromArray(Lanes.INTS, VALUES, 0);
        LongVector shifts = LongVector.broadcast(LONGS, 0).addIndex(Byte.SIZE);
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
        for (int block = 0; block < blocks; block++) {
            FloatVector input = FloatVector.fromMemorySegment(
                    Lanes.FLOATS, x, (xOffset + (long) block * BLOCK) * Float.BYTES, Lanes.ORDER);
            LongVector pairs = LongVector.broadcast(LONGS, codes.get(WORD, (b0 + block) * Long.BYTES))
                    .lanewise(LSHR, shifts);
            sum0 = pairs.reinterpretAsInts()
                    .blend(pairs.lanewise(LSHL, 28).reinterpretAsInts(), UPPER_HALVES)
                    .and(BLOCK - 1)
                    .selectFrom(table)
                    .reinterpretAsFloats()
                    .mul(E4M3.toFloat(scales.get(ValueLayout.JAVA_BYTE, b0 + block)))
                    .fma(input, sum0);
            pairs = LongVector.broadcast(LONGS, codes.get(WORD, (b1 + block) * Long.BYTES))
                    .lanewise(LSHR, shifts);
            sum1 = pairs.reinterpretAsInts()
                    .blend(pairs.lanewise(LSHL, 28).reinterpretAsInts(), UPPER_HALVES)
                    .and(BLOCK - 1)
                    .selectFrom(table)
                    .reinterpretAsFloats()
                    .mul(E4M3.toFloat(scales.get(ValueLayout.JAVA_BYTE, b1 + block)))
                    .fma(input, sum1);
            pairs = LongVector.broadcast(LONGS, codes.get(WORD, (b2 + block) * Long.BYTES))
                    .lanewise(LSHR, shifts);
            sum2 = pairs.reinterpretAsInts()
                    .blend(pairs.lanewise(LSHL, 28).reinterpretAsInts(), UPPER_HALVES)
                    .and(BLOCK - 1)
                    .selectFrom(table)
                    .reinterpretAsFloats()
                    .mul(E4M3.toFloat(scales.get(ValueLayout.JAVA_BYTE, b2 + block)))
                    .fma(input, sum2);
            pairs = LongVector.broadcast(LONGS, codes.get(WORD, (b3 + block) * Long.BYTES))
                    .lanewise(LSHR, shifts);
            sum3 = pairs.reinterpretAsInts()
                    .blend(pairs.lanewise(LSHL, 28).reinterpretAsInts(), UPPER_HALVES)
                    .and(BLOCK - 1)
                    .selectFrom(table)
                    .reinterpretAsFloats()
                    .mul(E4M3.toFloat(scales.get(ValueLayout.JAVA_BYTE, b3 + block)))
                    .fma(input, sum3);
        }
        long at = sumsOffset * Float.BYTES;
        long vector = Lanes.FLOATS.vectorByteSize();
        sum0.intoMemorySegment(sums, at, Lanes.ORDER);
        sum1.intoMemorySegment(sums, at + vector, Lanes.ORDER);
        sum2.intoMemorySegment(sums, at + 2 * vector, Lanes.ORDER);
        sum3.intoMemorySegment(sums, at + 3 * vector, Lanes.ORDER);
    }
}
