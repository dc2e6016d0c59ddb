package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.SWAP_1;
import static dev.nemotron.kernel.vector.Lanes.SWAP_2;
import static dev.nemotron.kernel.vector.Lanes.SWAP_4;
import static dev.nemotron.kernel.vector.Lanes.SWAP_8;
import static dev.nemotron.kernel.vector.Lanes.UPPER_1;
import static dev.nemotron.kernel.vector.Lanes.UPPER_2;
import static dev.nemotron.kernel.vector.Lanes.UPPER_4;
import static dev.nemotron.kernel.vector.Lanes.UPPER_8;

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
     * @param offset where they begin
     */
    static void reduce(float[] sums, int offset) {
        for (int i = 0; i < GROUP; i += COUNT) {
            int block = offset + i * COUNT;
            if (COUNT == 16) {
                halveBy8(sums, block);
            }
            if (COUNT >= 8) {
                halveBy4(sums, block);
            }
            halveBy2(sums, block);
            halveBy1(sums, block, offset + i);
        }
    }

    private static void halveBy8(float[] sums, int block) {
        for (int i = 0; i < 8; i++) {
            int at = block + i * COUNT;
            FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
            FloatVector b = FloatVector.fromArray(FLOATS, sums, at + 8 * COUNT);
            FloatVector lower = a.blend(b.rearrange(SWAP_8), UPPER_8);
            a.rearrange(SWAP_8).blend(b, UPPER_8).add(lower).intoArray(sums, at);
        }
    }

    private static void halveBy4(float[] sums, int block) {
        for (int i = 0; i < 4; i++) {
            int at = block + i * COUNT;
            FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
            FloatVector b = FloatVector.fromArray(FLOATS, sums, at + 4 * COUNT);
            FloatVector lower = a.blend(b.rearrange(SWAP_4), UPPER_4);
            a.rearrange(SWAP_4).blend(b, UPPER_4).add(lower).intoArray(sums, at);
        }
    }

    private static void halveBy2(float[] sums, int block) {
        for (int i = 0; i < 2; i++) {
            int at = block + i * COUNT;
            FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
            FloatVector b = FloatVector.fromArray(FLOATS, sums, at + 2 * COUNT);
            FloatVector lower = a.blend(b.rearrange(SWAP_2), UPPER_2);
            a.rearrange(SWAP_2).blend(b, UPPER_2).add(lower).intoArray(sums, at);
        }
    }

    private static void halveBy1(float[] sums, int block, int out) {
        FloatVector a = FloatVector.fromArray(FLOATS, sums, block);
        FloatVector b = FloatVector.fromArray(FLOATS, sums, block + COUNT);
        FloatVector lower = a.blend(b.rearrange(SWAP_1), UPPER_1);
        a.rearrange(SWAP_1).blend(b, UPPER_1).add(lower).intoArray(sums, out);
    }
}
