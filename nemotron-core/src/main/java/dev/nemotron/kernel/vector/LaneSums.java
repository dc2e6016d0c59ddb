package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static dev.nemotron.kernel.vector.Lanes.SWAP_1;
import static dev.nemotron.kernel.vector.Lanes.SWAP_2;
import static dev.nemotron.kernel.vector.Lanes.SWAP_4;
import static dev.nemotron.kernel.vector.Lanes.SWAP_8;
import static dev.nemotron.kernel.vector.Lanes.UPPER_1;
import static dev.nemotron.kernel.vector.Lanes.UPPER_2;
import static dev.nemotron.kernel.vector.Lanes.UPPER_4;
import static dev.nemotron.kernel.vector.Lanes.UPPER_8;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Sums the lanes of 16 accumulators at once. Each sum is taken by halves, lane l + lane l + L/2 and so on, whichever
 * accumulator it belongs to; two accumulators share one addition by exchanging their halves.
 */
final class LaneSums {

    /** Accumulators that are summed together. */
    static final int GROUP = 16;

    private LaneSums() {}

    /**
     * Replaces [16][L] lanes by 16 sums.
     *
     * @param sums the lanes, then the sums from the same place
     * @param offset where they begin, in floats
     */
    static void reduce(MemorySegment sums, long offset) {
        for (int i = 0; i < GROUP; i += COUNT) {
            long block = (offset + (long) i * COUNT) * Float.BYTES;
            if (COUNT == 16) {
                halveBy8(sums, block);
            }
            if (COUNT >= 8) {
                halveBy4(sums, block);
            }
            halveBy2(sums, block);
            halveBy1(sums, block, (offset + i) * Float.BYTES);
        }
    }

    private static void halveBy8(MemorySegment sums, long block) {
        for (int i = 0; i < 8; i++) {
            long at = block + i * (long) FLOATS.vectorByteSize();
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, sums, at, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, sums, at + 8L * FLOATS.vectorByteSize(), ORDER);
            FloatVector lower = a.blend(b.rearrange(SWAP_8), UPPER_8);
            a.rearrange(SWAP_8).blend(b, UPPER_8).add(lower).intoMemorySegment(sums, at, ORDER);
        }
    }

    private static void halveBy4(MemorySegment sums, long block) {
        for (int i = 0; i < 4; i++) {
            long at = block + i * (long) FLOATS.vectorByteSize();
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, sums, at, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, sums, at + 4L * FLOATS.vectorByteSize(), ORDER);
            FloatVector lower = a.blend(b.rearrange(SWAP_4), UPPER_4);
            a.rearrange(SWAP_4).blend(b, UPPER_4).add(lower).intoMemorySegment(sums, at, ORDER);
        }
    }

    private static void halveBy2(MemorySegment sums, long block) {
        for (int i = 0; i < 2; i++) {
            long at = block + i * (long) FLOATS.vectorByteSize();
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, sums, at, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, sums, at + 2L * FLOATS.vectorByteSize(), ORDER);
            FloatVector lower = a.blend(b.rearrange(SWAP_2), UPPER_2);
            a.rearrange(SWAP_2).blend(b, UPPER_2).add(lower).intoMemorySegment(sums, at, ORDER);
        }
    }

    private static void halveBy1(MemorySegment sums, long block, long out) {
        FloatVector a = FloatVector.fromMemorySegment(FLOATS, sums, block, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(FLOATS, sums, block + FLOATS.vectorByteSize(), ORDER);
        FloatVector lower = a.blend(b.rearrange(SWAP_1), UPPER_1);
        a.rearrange(SWAP_1).blend(b, UPPER_1).add(lower).intoMemorySegment(sums, out, ORDER);
    }
}
