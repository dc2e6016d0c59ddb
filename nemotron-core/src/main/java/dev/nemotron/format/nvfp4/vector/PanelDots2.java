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

/** Two inputs with three panels, in the order of the sums of {@link PanelDots}. */
final class PanelDots2 {

    /** Panels that are read side by side. */
    static final int PANELS = 3;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 2;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private PanelDots2() {}

    /**
     * Multiplies.
     *
     * @param w holds the panels, which begin at the bytes {@code p0}, {@code p1}, {@code p2}
     * @param blocks the columns of the matrix / 16
     * @param memory holds inputs and sums
     * @param x where the inputs of {@link PanelInputs} begin
     * @param sums where the sums go: [INPUTS][PANELS][16]
     */
    static void accumulate(MemorySegment w, long p0, long p1, long p2, int blocks, float[] memory, int x, int sums) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        int starts = x + blocks * Panels.BLOCK * INPUTS;
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS);
        FloatVector a11 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS);
        FloatVector a21 = FloatVector.zero(FLOATS);
        for (int block = 0; block < blocks; block++) {
            long scales = Panels.scalesAt(block);
            long lines = Panels.linesAt(block);
            FloatVector s00 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS]);
            FloatVector s01 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS + 1]);
            FloatVector s10 = s00;
            FloatVector s11 = s01;
            FloatVector s20 = s00;
            FloatVector s21 = s01;
            for (int line = 0; line < 2; line++) {
                long at = lines + (long) line * Panels.LINE;
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0 + at); // see MappedMemory
                IntVector c0 = IntVector.fromMemorySegment(INTS, w, p0 + at, ORDER);
                IntVector c1 = IntVector.fromMemorySegment(INTS, w, p1 + at, ORDER);
                IntVector c2 = IntVector.fromMemorySegment(INTS, w, p2 + at, ORDER);
                int first = x + (block * Panels.BLOCK + line * Panels.LINE_COLUMNS) * INPUTS;
                for (int c = first; c < first + Panels.LINE_COLUMNS * INPUTS; c += 4 * INPUTS) {
                    IntVector digit = IntVector.broadcast(INTS, (c - first) / INPUTS);
                    IntVector bytes0 = c0.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even0 = bytes0.and(lowerBytes).or(upperBytes);
                    IntVector odd0 = bytes0.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    IntVector bytes1 = c1.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even1 = bytes1.and(lowerBytes).or(upperBytes);
                    IntVector odd1 = bytes1.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    IntVector bytes2 = c2.lanewise(LSHR, digit)
                            .reinterpretAsBytes()
                            .selectFrom(table)
                            .reinterpretAsInts();
                    IntVector even2 = bytes2.and(lowerBytes).or(upperBytes);
                    IntVector odd2 = bytes2.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    FloatVector w0 = even0.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector w1 = even1.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector w2 = even2.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector input = FloatVector.broadcast(FLOATS, memory[c]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    s20 = w2.fma(input, s20);
                    input = FloatVector.broadcast(FLOATS, memory[c + 1]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    s21 = w2.fma(input, s21);
                    w0 = even0.reinterpretAsFloats();
                    w1 = even1.reinterpretAsFloats();
                    w2 = even2.reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 2]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    s20 = w2.fma(input, s20);
                    input = FloatVector.broadcast(FLOATS, memory[c + 3]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    s21 = w2.fma(input, s21);
                    w0 = odd0.lanewise(LSHL, 16).reinterpretAsFloats();
                    w1 = odd1.lanewise(LSHL, 16).reinterpretAsFloats();
                    w2 = odd2.lanewise(LSHL, 16).reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 4]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    s20 = w2.fma(input, s20);
                    input = FloatVector.broadcast(FLOATS, memory[c + 5]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    s21 = w2.fma(input, s21);
                    w0 = odd0.reinterpretAsFloats();
                    w1 = odd1.reinterpretAsFloats();
                    w2 = odd2.reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 6]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    s20 = w2.fma(input, s20);
                    input = FloatVector.broadcast(FLOATS, memory[c + 7]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    s21 = w2.fma(input, s21);
                }
            }
            FloatVector f0 = ByteVector.fromMemorySegment(SCALES, w, p0 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a00 = f0.fma(s00, a00);
            a01 = f0.fma(s01, a01);
            FloatVector f1 = ByteVector.fromMemorySegment(SCALES, w, p1 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a10 = f1.fma(s10, a10);
            a11 = f1.fma(s11, a11);
            FloatVector f2 = ByteVector.fromMemorySegment(SCALES, w, p2 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a20 = f2.fma(s20, a20);
            a21 = f2.fma(s21, a21);
        }
        a00.intoArray(memory, sums);
        a10.intoArray(memory, sums + 1 * Panels.ROWS);
        a20.intoArray(memory, sums + 2 * Panels.ROWS);
        a01.intoArray(memory, sums + 3 * Panels.ROWS);
        a11.intoArray(memory, sums + 4 * Panels.ROWS);
        a21.intoArray(memory, sums + 5 * Panels.ROWS);
    }
}
