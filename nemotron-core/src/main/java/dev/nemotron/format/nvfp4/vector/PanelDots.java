package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.LOWER_BYTES;
import static dev.nemotron.format.nvfp4.vector.RaisedE2M1.UPPER_BYTES;
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
import jdk.incubator.vector.VectorSpecies;

/**
 * One input with six panels, far apart: the more streams of weights, the nearer the memory comes to its limit, and six
 * panels still compile to one loop in registers. The lanes are rows; a 32-bit word holds eight columns of a row, of which four
 * are decoded at a time, as {@link RaisedE2M1}.
 *
 * <p>Within a block, a row's sum starts as {@link PanelInputs} gives it and runs over the columns of a line in the order in
 * which they are decoded: 0, 4, 2, 6, 1, 5, 3, 7, then the same of the second line; the sum, times the scale, is added to that
 * of the blocks before, each by fused multiply-add.
 */
final class PanelDots {

    /** Panels that are read side by side. */
    static final int PANELS = 6;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private PanelDots() {}

    /**
     * Multiplies.
     *
     * @param w holds the panels, which begin at the bytes {@code p0}, {@code p1}, {@code p2}, {@code p3}, {@code p4}, {@code p5}
     * @param blocks the columns of the matrix / 16
     * @param memory holds input and sums
     * @param x where the input of {@link PanelInputs} begins
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
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        int starts = x + blocks * Panels.BLOCK;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        for (int block = 0; block < blocks; block++) {
            long scales = Panels.scalesAt(block);
            long lines = Panels.linesAt(block);
            FloatVector s0 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            FloatVector s1 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            FloatVector s2 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            FloatVector s3 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            FloatVector s4 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            FloatVector s5 = FloatVector.broadcast(FLOATS, memory[starts + block]);
            for (int line = 0; line < 2; line++) {
                long at = lines + (long) line * Panels.LINE;
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0 + at); // see MappedMemory
                IntVector c0 = IntVector.fromMemorySegment(INTS, w, p0 + at, ORDER);
                IntVector c1 = IntVector.fromMemorySegment(INTS, w, p1 + at, ORDER);
                IntVector c2 = IntVector.fromMemorySegment(INTS, w, p2 + at, ORDER);
                IntVector c3 = IntVector.fromMemorySegment(INTS, w, p3 + at, ORDER);
                IntVector c4 = IntVector.fromMemorySegment(INTS, w, p4 + at, ORDER);
                IntVector c5 = IntVector.fromMemorySegment(INTS, w, p5 + at, ORDER);
                int column = x + block * Panels.BLOCK + line * Panels.LINE_COLUMNS;
                for (int c = column; c < column + Panels.LINE_COLUMNS; c += 4) {
                    // Codes shifted in place would be vectors that a loop carries, whose type C2 has to guess.
                    IntVector digit = IntVector.broadcast(INTS, c - column);
                    FloatVector x0 = FloatVector.broadcast(FLOATS, memory[c]);
                    FloatVector x1 = FloatVector.broadcast(FLOATS, memory[c + 1]);
                    FloatVector x2 = FloatVector.broadcast(FLOATS, memory[c + 2]);
                    FloatVector x3 = FloatVector.broadcast(FLOATS, memory[c + 3]);
                    IntVector bytes0 = c0.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even0 = bytes0.and(lowerBytes).or(upperBytes);
                    IntVector odd0 = bytes0.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s0 = even0.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s0);
                    s0 = even0.reinterpretAsFloats().fma(x1, s0);
                    s0 = odd0.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s0);
                    s0 = odd0.reinterpretAsFloats().fma(x3, s0);
                    IntVector bytes1 = c1.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even1 = bytes1.and(lowerBytes).or(upperBytes);
                    IntVector odd1 = bytes1.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s1 = even1.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s1);
                    s1 = even1.reinterpretAsFloats().fma(x1, s1);
                    s1 = odd1.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s1);
                    s1 = odd1.reinterpretAsFloats().fma(x3, s1);
                    IntVector bytes2 = c2.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even2 = bytes2.and(lowerBytes).or(upperBytes);
                    IntVector odd2 = bytes2.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s2 = even2.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s2);
                    s2 = even2.reinterpretAsFloats().fma(x1, s2);
                    s2 = odd2.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s2);
                    s2 = odd2.reinterpretAsFloats().fma(x3, s2);
                    IntVector bytes3 = c3.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even3 = bytes3.and(lowerBytes).or(upperBytes);
                    IntVector odd3 = bytes3.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s3 = even3.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s3);
                    s3 = even3.reinterpretAsFloats().fma(x1, s3);
                    s3 = odd3.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s3);
                    s3 = odd3.reinterpretAsFloats().fma(x3, s3);
                    IntVector bytes4 = c4.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even4 = bytes4.and(lowerBytes).or(upperBytes);
                    IntVector odd4 = bytes4.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s4 = even4.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s4);
                    s4 = even4.reinterpretAsFloats().fma(x1, s4);
                    s4 = odd4.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s4);
                    s4 = odd4.reinterpretAsFloats().fma(x3, s4);
                    IntVector bytes5 = c5.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even5 = bytes5.and(lowerBytes).or(upperBytes);
                    IntVector odd5 = bytes5.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    s5 = even5.lanewise(LSHL, 16).reinterpretAsFloats().fma(x0, s5);
                    s5 = even5.reinterpretAsFloats().fma(x1, s5);
                    s5 = odd5.lanewise(LSHL, 16).reinterpretAsFloats().fma(x2, s5);
                    s5 = odd5.reinterpretAsFloats().fma(x3, s5);
                }
            }
            FloatVector f0 = ByteVector.fromMemorySegment(SCALES, w, p0 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a0 = f0.fma(s0, a0);
            FloatVector f1 = ByteVector.fromMemorySegment(SCALES, w, p1 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a1 = f1.fma(s1, a1);
            FloatVector f2 = ByteVector.fromMemorySegment(SCALES, w, p2 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a2 = f2.fma(s2, a2);
            FloatVector f3 = ByteVector.fromMemorySegment(SCALES, w, p3 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a3 = f3.fma(s3, a3);
            FloatVector f4 = ByteVector.fromMemorySegment(SCALES, w, p4 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a4 = f4.fma(s4, a4);
            FloatVector f5 = ByteVector.fromMemorySegment(SCALES, w, p5 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
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
