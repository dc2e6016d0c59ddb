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
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Decodes a panel to FP32, raised as {@link RaisedE2M1}, for {@link PanelTile}. */
final class PanelDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Floats from one column to the next, and from one block's scales to the next. */
    private static final int STRIDE = PanelTile.ROWS;

    private PanelDecoder() {}

    /**
     * Decodes.
     *
     * @param w holds the panel
     * @param panel where it begins, in bytes
     * @param firstBlock the first block of 16 columns
     * @param blocks how many blocks
     * @param out receives the codes' values, [blocks · 16][{@link PanelTile#ROWS}], of which the
     *     panel's rows are 16, columns in the order of the sums
     * @param codes where they begin
     * @param scales where the scales begin, [blocks][{@link PanelTile#ROWS}] in the same way
     */
    static void decode(MemorySegment w, long panel, int firstBlock, int blocks, float[] out, int codes, int scales) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        for (int line = 0; line < 2 * blocks; line++) {
            long from = panel + Panels.linesAt(firstBlock + line / 2) + (long) (line % 2) * Panels.LINE;
            byte _ = w.get(ValueLayout.JAVA_BYTE, from); // see MappedMemory
            IntVector digits = IntVector.fromMemorySegment(INTS, w, from, ORDER);
            int to = codes + line * Panels.LINE_COLUMNS * STRIDE;
            IntVector bytes = digits.reinterpretAsBytes().selectFrom(table).reinterpretAsInts();
            IntVector even = bytes.and(lowerBytes).or(upperBytes);
            IntVector odd = bytes.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
            even.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to);
            even.reinterpretAsFloats().intoArray(out, to + STRIDE);
            odd.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + 2 * STRIDE);
            odd.reinterpretAsFloats().intoArray(out, to + 3 * STRIDE);
            bytes = digits.lanewise(LSHR, 4)
                    .reinterpretAsBytes()
                    .selectFrom(table)
                    .reinterpretAsInts();
            even = bytes.and(lowerBytes).or(upperBytes);
            odd = bytes.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
            even.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + 4 * STRIDE);
            even.reinterpretAsFloats().intoArray(out, to + 5 * STRIDE);
            odd.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + 6 * STRIDE);
            odd.reinterpretAsFloats().intoArray(out, to + 7 * STRIDE);
        }
        decodeScales(w, panel, firstBlock, blocks, out, scales);
    }

    private static void decodeScales(MemorySegment w, long panel, int firstBlock, int blocks, float[] out, int scales) {
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        for (int block = 0; block < blocks; block++) {
            ByteVector.fromMemorySegment(SCALES, w, panel + Panels.scalesAt(firstBlock + block), ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats()
                    .intoArray(out, scales + block * STRIDE);
        }
    }
}
