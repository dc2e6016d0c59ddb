package dev.nemotron.format.nvfp4.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.nemotron.format.nvfp4.Panels;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Adds up what {@link BlockDots} finds for 16 rows: the blocks' sums times their scales, block after block, as {@link PanelDots}. */
final class BlockSums {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Byte> SCALES = ByteVector.SPECIES_128;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private BlockSums() {}

    /**
     * Adds a run of blocks.
     *
     * @param scales holds the scales of the run from the byte {@code at} on, [count][16 rows], as {@link Panels} keeps them
     * @param block the first block's place in its strip
     * @param count how many blocks
     * @param memory holds the sums
     * @param lanes where those of the strip begin, [lanes][16 rows]
     * @param sums where those of the rows are, to which the blocks are added
     */
    static void add(MemorySegment scales, long at, int block, int count, float[] memory, int lanes, int sums) {
        IntVector scaleOffset = IntVector.broadcast(INTS, Panels.SCALE_OFFSET);
        FloatVector a = FloatVector.fromArray(FLOATS, memory, sums);
        for (int i = 0; i < count; i++) {
            FloatVector f = ByteVector.fromMemorySegment(SCALES, scales, at + (long) i * Panels.ROWS, ORDER)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 20)
                    .add(scaleOffset)
                    .reinterpretAsFloats();
            int lane = lanes + BlockDots.lane(block + i) * Panels.ROWS;
            a = f.fma(FloatVector.fromArray(FLOATS, memory, lane), a);
        }
        a.intoArray(memory, sums);
    }
}
