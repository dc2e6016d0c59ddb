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

    private PanelDecoder() {}

    /**
     * Decodes.
     *
     * @param w holds the panel
     * @param panel where it begins, in bytes
     * @param firstBlock the first block of 16 columns
     * @param blocks how many blocks
     * @param out receives the codes' values, 16 rows a column, columns in the order of the sums
     * @param codes where they begin
     * @param scales where the scales begin, 16 rows a block
     * @param stride floats from one column to the next, and from one block's scales to the next
     */
    static void decode(
            MemorySegment w, long panel, int firstBlock, int blocks, float[] out, int codes, int scales, int stride) {
        ByteVector table = ByteVector.fromArray(BYTES, RaisedE2M1.TABLE, 0);
        IntVector lowerBytes = IntVector.broadcast(INTS, LOWER_BYTES);
        IntVector upperBytes = IntVector.broadcast(INTS, UPPER_BYTES);
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        for (int block = 0; block < blocks; block++) {
            long lines = panel + Panels.linesAt(firstBlock + block);
            for (int line = 0; line < 2; line++) {
                byte _ = w.get(ValueLayout.JAVA_BYTE, lines); // see MappedMemory
                IntVector digits = IntVector.fromMemorySegment(INTS, w, lines + (long) line * Panels.LINE, ORDER);
                int to = codes + (block * Panels.BLOCK + line * Panels.LINE_COLUMNS) * stride;
                for (int c = 0; c < Panels.LINE_COLUMNS; c += 4) {
                    IntVector bytes =
                            digits.reinterpretAsBytes().selectFrom(table).reinterpretAsInts();
                    digits = digits.lanewise(LSHR, 4);
                    IntVector even = bytes.and(lowerBytes).or(upperBytes);
                    IntVector odd = bytes.lanewise(LSHR, 8).and(lowerBytes).or(upperBytes);
                    even.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + c * stride);
                    even.reinterpretAsFloats().intoArray(out, to + (c + 1) * stride);
                    odd.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + (c + 2) * stride);
                    odd.reinterpretAsFloats().intoArray(out, to + (c + 3) * stride);
                }
            }
            ByteVector.fromMemorySegment(SCALES, w, panel + Panels.scalesAt(firstBlock + block), ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats()
                    .intoArray(out, scales + block * stride);
        }
    }
}
