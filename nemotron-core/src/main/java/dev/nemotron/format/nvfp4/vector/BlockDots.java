package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.LOWER_BYTES;
import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.UPPER_BYTES;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of the blocks of rows as the checkpoint has them, times one input: the same bits as {@link PanelDots} finds on its way,
 * but the lanes are 16 blocks of a row, a strip, so that rows need not be turned to panels. A block is a 64-bit word. A lane
 * takes the lower half of its word, then the upper; that of an even lane comes from the strip's first eight blocks, that of an
 * odd one from the last eight. The two halves are written out, since a loop over them takes half as long again.
 */
final class BlockDots {

    /** Bytes of a strip. */
    static final int STRIP = 128;

    /** Blocks of a strip. */
    static final int BLOCKS = 16;

    /** Columns of a strip. */
    static final int COLUMNS = 256;

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VectorMask<Integer> ODD = VectorMask.fromLong(INTS, 0xAAAA);

    private BlockDots() {}

    /**
     * The lane of a block.
     *
     * @param block its place in the strip
     * @return the lane
     */
    static int lane(int block) {
        return block < BLOCKS / 2 ? 2 * block : 2 * (block - BLOCKS / 2) + 1;
    }

    /**
     * Multiplies.
     *
     * @param w holds the rows' codes, one after the other from the byte {@code at}
     * @param rowBytes the bytes of a row, at least {@link #STRIP}
     * @param rows how many
     * @param strips the strips of a row, an even number; those that would go beyond the row end where it does
     * @param memory holds everything else
     * @param x where the input begins, [strips][{@link #COLUMNS}], of each strip the first column of all lanes, then the second
     * @param starts where the values begin at which sums start, [strips][{@link #BLOCKS}]
     * @param sums where the sums go, [rows][{@code stride}], of which [strips][{@link #BLOCKS}] are used
     * @param stride floats from one row's sums to the next
     */
    static void multiply(
            MemorySegment w,
            long at,
            long rowBytes,
            int rows,
            int strips,
            float[] memory,
            int x,
            int starts,
            int sums,
            int stride) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        for (int row = 0; row < rows; row++) {
            for (int strip = 0; strip < strips; strip += 2) {
                long p0 = at + row * rowBytes + Math.min(strip * (long) STRIP, rowBytes - STRIP);
                long p1 = at + row * rowBytes + Math.min((strip + 1) * (long) STRIP, rowBytes - STRIP);
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0); // see MappedMemory
                LongVector first0 = LongVector.fromMemorySegment(LONGS, w, p0, ORDER);
                LongVector last0 = LongVector.fromMemorySegment(LONGS, w, p0 + STRIP / 2, ORDER);
                LongVector first1 = LongVector.fromMemorySegment(LONGS, w, p1, ORDER);
                LongVector last1 = LongVector.fromMemorySegment(LONGS, w, p1 + STRIP / 2, ORDER);
                IntVector lower0 = first0.reinterpretAsInts()
                        .blend(last0.lanewise(LSHL, 32).reinterpretAsInts(), ODD);
                IntVector lower1 = first1.reinterpretAsInts()
                        .blend(last1.lanewise(LSHL, 32).reinterpretAsInts(), ODD);
                FloatVector s0 = FloatVector.fromArray(FLOATS, memory, starts + strip * BLOCKS);
                FloatVector s1 = FloatVector.fromArray(FLOATS, memory, starts + strip * BLOCKS + BLOCKS);
                int column = x + strip * COLUMNS;
                for (int c = 0; c < 2; c++) {
                    IntVector digit = IntVector.broadcast(INTS, 4 * c);
                    int x0 = column + c * 4 * BLOCKS;
                    int x1 = x0 + COLUMNS;
                    IntVector bytes0 = lower0.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even0 = bytes0.and(lowerBytes).or(upperBytes);
                    IntVector odd0 = bytes0.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s0 = even0.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x0), s0);
                    s0 = even0.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x0 + BLOCKS), s0);
                    s0 = odd0.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x0 + 2 * BLOCKS), s0);
                    s0 = odd0.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x0 + 3 * BLOCKS), s0);
                    IntVector bytes1 = lower1.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even1 = bytes1.and(lowerBytes).or(upperBytes);
                    IntVector odd1 = bytes1.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s1 = even1.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x1), s1);
                    s1 = even1.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x1 + BLOCKS), s1);
                    s1 = odd1.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x1 + 2 * BLOCKS), s1);
                    s1 = odd1.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x1 + 3 * BLOCKS), s1);
                }
                IntVector upper0 = first0.lanewise(LSHR, 32).reinterpretAsInts().blend(last0.reinterpretAsInts(), ODD);
                IntVector upper1 = first1.lanewise(LSHR, 32).reinterpretAsInts().blend(last1.reinterpretAsInts(), ODD);
                for (int c = 0; c < 2; c++) {
                    IntVector digit = IntVector.broadcast(INTS, 4 * c);
                    int x0 = column + (2 + c) * 4 * BLOCKS;
                    int x1 = x0 + COLUMNS;
                    IntVector bytes0 = upper0.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even0 = bytes0.and(lowerBytes).or(upperBytes);
                    IntVector odd0 = bytes0.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s0 = even0.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x0), s0);
                    s0 = even0.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x0 + BLOCKS), s0);
                    s0 = odd0.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x0 + 2 * BLOCKS), s0);
                    s0 = odd0.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x0 + 3 * BLOCKS), s0);
                    IntVector bytes1 = upper1.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even1 = bytes1.and(lowerBytes).or(upperBytes);
                    IntVector odd1 = bytes1.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s1 = even1.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x1), s1);
                    s1 = even1.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x1 + BLOCKS), s1);
                    s1 = odd1.lanewise(LSHL, 16)
                            .reinterpretAsFloats()
                            .fma(FloatVector.fromArray(FLOATS, memory, x1 + 2 * BLOCKS), s1);
                    s1 = odd1.reinterpretAsFloats().fma(FloatVector.fromArray(FLOATS, memory, x1 + 3 * BLOCKS), s1);
                }
                s0.intoArray(memory, sums + row * stride + strip * BLOCKS);
                s1.intoArray(memory, sums + row * stride + strip * BLOCKS + BLOCKS);
            }
        }
    }
}
