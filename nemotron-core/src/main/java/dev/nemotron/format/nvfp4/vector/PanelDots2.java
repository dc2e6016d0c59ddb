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
 * Two inputs with three panels, in the order of the sums of {@link PanelDots}.
 */
final class PanelDots2 {

    /** Panels that are read side by side. */
    static final int PANELS = 3;

    /** Inputs that are multiplied together. */
    static final int INPUTS = 2;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UPPER_HALF = 0xFFFF_0000;

    private PanelDots2() {}

    /**
     * Multiplies.
     *
     * @param w holds the panels, which begin at the bytes {@code p0}, {@code p1}, {@code p2}
     * @param blocks the columns of the matrix / 16
     * @param memory holds input and sums
     * @param x where the input begins: [columns][INPUTS]
     * @param sums where the sums go: [INPUTS][PANELS][16]
     */
    static void accumulate(MemorySegment w, long p0, long p1, long p2, int blocks, float[] memory, int x, int sums) {
        ShortVector table = ShortVector.fromArray(SHORTS, E2M1Words.TABLE, 0);
        FloatVector a00 = FloatVector.zero(FLOATS);
        FloatVector a01 = FloatVector.zero(FLOATS);
        FloatVector a10 = FloatVector.zero(FLOATS);
        FloatVector a11 = FloatVector.zero(FLOATS);
        FloatVector a20 = FloatVector.zero(FLOATS);
        FloatVector a21 = FloatVector.zero(FLOATS);
        for (int block = 0; block < blocks; block++) {
            long scales = Panels.scalesAt(block);
            long lines = Panels.linesAt(block);
            FloatVector s00 = FloatVector.zero(FLOATS);
            FloatVector s01 = FloatVector.zero(FLOATS);
            FloatVector s10 = FloatVector.zero(FLOATS);
            FloatVector s11 = FloatVector.zero(FLOATS);
            FloatVector s20 = FloatVector.zero(FLOATS);
            FloatVector s21 = FloatVector.zero(FLOATS);
            for (int line = 0; line < 2; line++) {
                long at = lines + (long) line * Panels.LINE;
                byte _ = w.get(ValueLayout.JAVA_BYTE, p0 + at); // see MappedMemory
                ShortVector c0 = ShortVector.fromMemorySegment(SHORTS, w, p0 + at, ORDER);
                ShortVector c1 = ShortVector.fromMemorySegment(SHORTS, w, p1 + at, ORDER);
                ShortVector c2 = ShortVector.fromMemorySegment(SHORTS, w, p2 + at, ORDER);
                int column = block * Panels.BLOCK + line * Panels.LINE_COLUMNS;
                for (int c = column; c < column + Panels.LINE_COLUMNS / 2; c++) {
                    FloatVector lower0 = FloatVector.broadcast(FLOATS, memory[x + c * 2]);
                    FloatVector lower1 = FloatVector.broadcast(FLOATS, memory[x + c * 2 + 1]);
                    FloatVector upper0 = FloatVector.broadcast(FLOATS, memory[x + c * 2 + 8]);
                    FloatVector upper1 = FloatVector.broadcast(FLOATS, memory[x + c * 2 + 9]);
                    IntVector v0 = c0.selectFrom(table).reinterpretAsInts();
                    FloatVector first0 = v0.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector second0 = v0.and(UPPER_HALF).reinterpretAsFloats();
                    c0 = c0.lanewise(LSHR, 4);
                    s00 = first0.fma(lower0, s00);
                    s01 = first0.fma(lower1, s01);
                    s00 = second0.fma(upper0, s00);
                    s01 = second0.fma(upper1, s01);
                    IntVector v1 = c1.selectFrom(table).reinterpretAsInts();
                    FloatVector first1 = v1.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector second1 = v1.and(UPPER_HALF).reinterpretAsFloats();
                    c1 = c1.lanewise(LSHR, 4);
                    s10 = first1.fma(lower0, s10);
                    s11 = first1.fma(lower1, s11);
                    s10 = second1.fma(upper0, s10);
                    s11 = second1.fma(upper1, s11);
                    IntVector v2 = c2.selectFrom(table).reinterpretAsInts();
                    FloatVector first2 = v2.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector second2 = v2.and(UPPER_HALF).reinterpretAsFloats();
                    c2 = c2.lanewise(LSHR, 4);
                    s20 = first2.fma(lower0, s20);
                    s21 = first2.fma(lower1, s21);
                    s20 = second2.fma(upper0, s20);
                    s21 = second2.fma(upper1, s21);
                }
            }
            FloatVector f0 = ByteVector.fromMemorySegment(BYTES, w, p0 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a00 = f0.fma(s00, a00);
            a01 = f0.fma(s01, a01);
            FloatVector f1 = ByteVector.fromMemorySegment(BYTES, w, p1 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats();
            a10 = f1.fma(s10, a10);
            a11 = f1.fma(s11, a11);
            FloatVector f2 = ByteVector.fromMemorySegment(BYTES, w, p2 + scales, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
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
