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

/** Four inputs with two panels, in the order of the sums of {@link PanelDots}. */
final class PanelDots4 {

    /** Panels that are read side by side. */
    static final int PANELS = 2;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 4;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private PanelDots4() {}

    /**
     * Multiplies.
     *
     * @param w holds the panels, which begin at the bytes {@code p0}, {@code p1}
     * @param blocks the columns of the matrix / 16
     * @param memory holds inputs and sums
     * @param x where the inputs of {@link PanelInputs} begin
     * @param sums where the sums go: [INPUTS][PANELS][16]
     */
    static void accumulate(MemorySegment w, long p0, long p1, int blocks, float[] memory, int x, int sums) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        int starts = x + blocks * Panels.BLOCK * INPUTS;
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = FloatVector.zero(FLOATS);
        FloatVector a02 = FloatVector.zero(FLOATS);
        FloatVector a03 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS);
        FloatVector a11 = FloatVector.zero(FLOATS);
        FloatVector a12 = FloatVector.zero(FLOATS);
        FloatVector a13 = FloatVector.zero(FLOATS);
        for (int block = 0; block < blocks; block++) {
            long scales = Panels.scalesAt(block);
            long lines = Panels.linesAt(block);
            FloatVector s00 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS]);
            FloatVector s01 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS + 1]);
            FloatVector s02 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS + 2]);
            FloatVector s03 = FloatVector.broadcast(FLOATS, memory[starts + block * INPUTS + 3]);
            FloatVector s10 = s00;
            FloatVector s11 = s01;
            FloatVector s12 = s02;
            FloatVector s13 = s03;
            for (int line = 0; line < 2; line++) {
                long at = lines + (long) line * Panels.LINE;
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0 + at); // see MappedMemory
                IntVector c0 = IntVector.fromMemorySegment(INTS, w, p0 + at, ORDER);
                IntVector c1 = IntVector.fromMemorySegment(INTS, w, p1 + at, ORDER);
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
                    FloatVector w0 = even0.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector w1 = even1.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector input = FloatVector.broadcast(FLOATS, memory[c]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    input = FloatVector.broadcast(FLOATS, memory[c + 1]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    input = FloatVector.broadcast(FLOATS, memory[c + 2]);
                    s02 = w0.fma(input, s02);
                    s12 = w1.fma(input, s12);
                    input = FloatVector.broadcast(FLOATS, memory[c + 3]);
                    s03 = w0.fma(input, s03);
                    s13 = w1.fma(input, s13);
                    w0 = even0.reinterpretAsFloats();
                    w1 = even1.reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 4]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    input = FloatVector.broadcast(FLOATS, memory[c + 5]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    input = FloatVector.broadcast(FLOATS, memory[c + 6]);
                    s02 = w0.fma(input, s02);
                    s12 = w1.fma(input, s12);
                    input = FloatVector.broadcast(FLOATS, memory[c + 7]);
                    s03 = w0.fma(input, s03);
                    s13 = w1.fma(input, s13);
                    w0 = odd0.lanewise(LSHL, 16).reinterpretAsFloats();
                    w1 = odd1.lanewise(LSHL, 16).reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 8]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    input = FloatVector.broadcast(FLOATS, memory[c + 9]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    input = FloatVector.broadcast(FLOATS, memory[c + 10]);
                    s02 = w0.fma(input, s02);
                    s12 = w1.fma(input, s12);
                    input = FloatVector.broadcast(FLOATS, memory[c + 11]);
                    s03 = w0.fma(input, s03);
                    s13 = w1.fma(input, s13);
                    w0 = odd0.reinterpretAsFloats();
                    w1 = odd1.reinterpretAsFloats();
                    input = FloatVector.broadcast(FLOATS, memory[c + 12]);
                    s00 = w0.fma(input, s00);
                    s10 = w1.fma(input, s10);
                    input = FloatVector.broadcast(FLOATS, memory[c + 13]);
                    s01 = w0.fma(input, s01);
                    s11 = w1.fma(input, s11);
                    input = FloatVector.broadcast(FLOATS, memory[c + 14]);
                    s02 = w0.fma(input, s02);
                    s12 = w1.fma(input, s12);
                    input = FloatVector.broadcast(FLOATS, memory[c + 15]);
                    s03 = w0.fma(input, s03);
                    s13 = w1.fma(input, s13);
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
            a02 = f0.fma(s02, a02);
            a03 = f0.fma(s03, a03);
            FloatVector f1 = ByteVector.fromMemorySegment(SCALES, w, p1 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            a10 = f1.fma(s10, a10);
            a11 = f1.fma(s11, a11);
            a12 = f1.fma(s12, a12);
            a13 = f1.fma(s13, a13);
        }
        a00.intoArray(memory, sums);
        a10.intoArray(memory, sums + 1 * Panels.ROWS);
        a01.intoArray(memory, sums + 2 * Panels.ROWS);
        a11.intoArray(memory, sums + 3 * Panels.ROWS);
        a02.intoArray(memory, sums + 4 * Panels.ROWS);
        a12.intoArray(memory, sums + 5 * Panels.ROWS);
        a03.intoArray(memory, sums + 6 * Panels.ROWS);
        a13.intoArray(memory, sums + 7 * Panels.ROWS);
    }
}
