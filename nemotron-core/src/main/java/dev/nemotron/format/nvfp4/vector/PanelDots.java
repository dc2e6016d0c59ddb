package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.format.nvfp4.Panels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One input with six panels, far apart: the more streams of weights, the nearer the memory comes to its limit, and six
 * panels still compile to one loop in registers. The lanes are rows. Each half of a 32-bit word brings one index into a table
 * of BF16, so that one permutation decodes two columns.
 *
 * <p>Within a block, a row's sum runs over the columns in the order in which the halves of a 32-bit word are shifted out: 0, 4, 1,
 * 5, 2, 6, 3, 7, then the same of the second line; the sum, times the scale, is added to that of the blocks before, each by
 * fused multiply-add.
 */
final class PanelDots {

    /** Panels that are read side by side. */
    static final int PANELS = 6;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UPPER_HALF = 0xFFFF_0000;

    private PanelDots() {}

    /**
     * Multiplies.
     *
     * @param w holds the panels, which begin at the bytes {@code p0}, {@code p1}, {@code p2}, {@code p3}, {@code p4}, {@code p5}
     * @param blocks the columns of the matrix / 16
     * @param memory holds input and sums
     * @param x where the input begins: [columns]
     * @param sums where the sums go: [PANELS][16]
     */
    static void accumulate(
            MemorySegment w,
            long p0,
            long p1,
            long p2,
            long p3,
            long p4,
            long p5,
            int blocks,
            float[] memory,
            int x,
            int sums) {
        ShortVector table = ShortVector.fromArray(SHORTS, E2M1Words.TABLE, 0);
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        for (int block = 0; block < blocks; block++) {
            long scales = Panels.scalesAt(block);
            long lines = Panels.linesAt(block);
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = FloatVector.zero(FLOATS);
            FloatVector s2 = FloatVector.zero(FLOATS);
            FloatVector s3 = FloatVector.zero(FLOATS);
            FloatVector s4 = FloatVector.zero(FLOATS);
            FloatVector s5 = FloatVector.zero(FLOATS);
            for (int line = 0; line < 2; line++) {
                long at = lines + (long) line * Panels.LINE;
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0 + at); // see MappedMemory
                ShortVector c0 = ShortVector.fromMemorySegment(SHORTS, w, p0 + at, ORDER);
                ShortVector c1 = ShortVector.fromMemorySegment(SHORTS, w, p1 + at, ORDER);
                ShortVector c2 = ShortVector.fromMemorySegment(SHORTS, w, p2 + at, ORDER);
                ShortVector c3 = ShortVector.fromMemorySegment(SHORTS, w, p3 + at, ORDER);
                ShortVector c4 = ShortVector.fromMemorySegment(SHORTS, w, p4 + at, ORDER);
                ShortVector c5 = ShortVector.fromMemorySegment(SHORTS, w, p5 + at, ORDER);
                int column = block * Panels.BLOCK + line * Panels.LINE_COLUMNS;
                for (int c = column; c < column + Panels.LINE_COLUMNS / 2; c++) {
                    FloatVector lower = FloatVector.broadcast(FLOATS, memory[x + c]);
                    FloatVector upper = FloatVector.broadcast(FLOATS, memory[x + c + 4]);
                    IntVector v0 = c0.selectFrom(table).reinterpretAsInts();
                    c0 = c0.lanewise(LSHR, 4);
                    s0 = v0.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s0);
                    s0 = v0.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s0);
                    IntVector v1 = c1.selectFrom(table).reinterpretAsInts();
                    c1 = c1.lanewise(LSHR, 4);
                    s1 = v1.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s1);
                    s1 = v1.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s1);
                    IntVector v2 = c2.selectFrom(table).reinterpretAsInts();
                    c2 = c2.lanewise(LSHR, 4);
                    s2 = v2.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s2);
                    s2 = v2.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s2);
                    IntVector v3 = c3.selectFrom(table).reinterpretAsInts();
                    c3 = c3.lanewise(LSHR, 4);
                    s3 = v3.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s3);
                    s3 = v3.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s3);
                    IntVector v4 = c4.selectFrom(table).reinterpretAsInts();
                    c4 = c4.lanewise(LSHR, 4);
                    s4 = v4.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s4);
                    s4 = v4.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s4);
                    IntVector v5 = c5.selectFrom(table).reinterpretAsInts();
                    c5 = c5.lanewise(LSHR, 4);
                    s5 = v5.lanewise(LSHL, 16).reinterpretAsFloats().fma(lower, s5);
                    s5 = v5.and(UPPER_HALF).reinterpretAsFloats().fma(upper, s5);
                }
            }
            FloatVector f0 = ByteVector.fromMemorySegment(BYTES, w, p0 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a0 = f0.fma(s0, a0);
            FloatVector f1 = ByteVector.fromMemorySegment(BYTES, w, p1 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a1 = f1.fma(s1, a1);
            FloatVector f2 = ByteVector.fromMemorySegment(BYTES, w, p2 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a2 = f2.fma(s2, a2);
            FloatVector f3 = ByteVector.fromMemorySegment(BYTES, w, p3 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a3 = f3.fma(s3, a3);
            FloatVector f4 = ByteVector.fromMemorySegment(BYTES, w, p4 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a4 = f4.fma(s4, a4);
            FloatVector f5 = ByteVector.fromMemorySegment(BYTES, w, p5 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a5 = f5.fma(s5, a5);
        }
        a0.intoArray(memory, sums);
        a1.intoArray(memory, sums + 1 * Panels.ROWS);
        a2.intoArray(memory, sums + 2 * Panels.ROWS);
        a3.intoArray(memory, sums + 3 * Panels.ROWS);
        a4.intoArray(memory, sums + 4 * Panels.ROWS);
        a5.intoArray(memory, sums + 5 * Panels.ROWS);
    }
}
