package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.format.nvfp4.Panels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Decodes a panel to FP32 for {@link PanelTile}. */
final class PanelDecoder {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int UPPER_HALF = 0xFFFF_0000;

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
        ShortVector table = ShortVector.fromArray(SHORTS, E2M1Words.TABLE, 0);
        for (int block = 0; block < blocks; block++) {
            long lines = panel + Panels.linesAt(firstBlock + block);
            for (int line = 0; line < 2; line++) {
                byte _ = w.get(ValueLayout.JAVA_BYTE, lines); // see MappedMemory
                ShortVector words = ShortVector.fromMemorySegment(SHORTS, w, lines + (long) line * Panels.LINE, ORDER);
                int to = codes + (block * Panels.BLOCK + line * Panels.LINE_COLUMNS) * stride;
                for (int pair = 0; pair < Panels.LINE_COLUMNS / 2; pair++) {
                    IntVector values = words.selectFrom(table).reinterpretAsInts();
                    words = words.lanewise(LSHR, 4);
                    values.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(out, to + 2 * pair * stride);
                    values.and(UPPER_HALF).reinterpretAsFloats().intoArray(out, to + (2 * pair + 1) * stride);
                }
            }
            ByteVector.fromMemorySegment(BYTES, w, panel + Panels.scalesAt(firstBlock + block), ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(Panels.SCALE_OFFSET)
                    .reinterpretAsFloats()
                    .intoArray(out, scales + block * stride);
        }
    }
}
