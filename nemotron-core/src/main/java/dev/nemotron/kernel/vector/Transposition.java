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

/** Makes columns of rows, L by L: vectors exchange halves, then quarters, and so on down to single lanes. */
public final class Transposition {

    /** Floats that {@link #transpose} works in. */
    public static final int ROOM = COUNT * COUNT;

    private Transposition() {}

    /**
     * Transposes L rows.
     *
     * @param memory holds everything
     * @param from where the first row begins
     * @param stride from one row to the next
     * @param columns how many columns, a multiple of L
     * @param to where the L values of the first column go
     * @param toStride from one column's values to the next
     * @param room where {@link #ROOM} floats are free
     */
    public static void transpose(float[] memory, int from, int stride, int columns, int to, int toStride, int room) {
        for (int c = 0; c < columns; c += COUNT) {
            int out = to + c * toStride;
            switch (COUNT) {
                case 16 -> {
                    exchangeBy8And4(memory, from + c, stride, room);
                    exchangeBy2And1(memory, room, COUNT, out, toStride);
                }
                case 8 -> {
                    exchangeBy4(memory, from + c, stride, room);
                    exchangeBy2And1(memory, room, COUNT, out, toStride);
                }
                default -> exchangeBy2And1(memory, from + c, stride, out, toStride);
            }
        }
    }

    private static void exchangeBy8And4(float[] memory, int from, int stride, int to) {
        for (int i = 0; i < 4; i++) {
            int at = from + i * stride;
            FloatVector a = FloatVector.fromArray(FLOATS, memory, at);
            FloatVector b = FloatVector.fromArray(FLOATS, memory, at + 4 * stride);
            FloatVector c = FloatVector.fromArray(FLOATS, memory, at + 8 * stride);
            FloatVector d = FloatVector.fromArray(FLOATS, memory, at + 12 * stride);
            FloatVector lowerA = a.blend(c.rearrange(SWAP_8), UPPER_8);
            FloatVector upperA = a.rearrange(SWAP_8).blend(c, UPPER_8);
            FloatVector lowerB = b.blend(d.rearrange(SWAP_8), UPPER_8);
            FloatVector upperB = b.rearrange(SWAP_8).blend(d, UPPER_8);
            int out = to + i * COUNT;
            lowerA.blend(lowerB.rearrange(SWAP_4), UPPER_4).intoArray(memory, out);
            lowerA.rearrange(SWAP_4).blend(lowerB, UPPER_4).intoArray(memory, out + 4 * COUNT);
            upperA.blend(upperB.rearrange(SWAP_4), UPPER_4).intoArray(memory, out + 8 * COUNT);
            upperA.rearrange(SWAP_4).blend(upperB, UPPER_4).intoArray(memory, out + 12 * COUNT);
        }
    }

    private static void exchangeBy4(float[] memory, int from, int stride, int to) {
        for (int i = 0; i < 4; i++) {
            FloatVector a = FloatVector.fromArray(FLOATS, memory, from + i * stride);
            FloatVector b = FloatVector.fromArray(FLOATS, memory, from + (i + 4) * stride);
            a.blend(b.rearrange(SWAP_4), UPPER_4).intoArray(memory, to + i * COUNT);
            a.rearrange(SWAP_4).blend(b, UPPER_4).intoArray(memory, to + (i + 4) * COUNT);
        }
    }

    private static void exchangeBy2And1(float[] memory, int from, int stride, int to, int toStride) {
        for (int i = 0; i < COUNT; i += 4) {
            int at = from + i * stride;
            FloatVector a = FloatVector.fromArray(FLOATS, memory, at);
            FloatVector b = FloatVector.fromArray(FLOATS, memory, at + stride);
            FloatVector c = FloatVector.fromArray(FLOATS, memory, at + 2 * stride);
            FloatVector d = FloatVector.fromArray(FLOATS, memory, at + 3 * stride);
            FloatVector lowerA = a.blend(c.rearrange(SWAP_2), UPPER_2);
            FloatVector upperA = a.rearrange(SWAP_2).blend(c, UPPER_2);
            FloatVector lowerB = b.blend(d.rearrange(SWAP_2), UPPER_2);
            FloatVector upperB = b.rearrange(SWAP_2).blend(d, UPPER_2);
            int out = to + i * toStride;
            lowerA.blend(lowerB.rearrange(SWAP_1), UPPER_1).intoArray(memory, out);
            lowerA.rearrange(SWAP_1).blend(lowerB, UPPER_1).intoArray(memory, out + toStride);
            upperA.blend(upperB.rearrange(SWAP_1), UPPER_1).intoArray(memory, out + 2 * toStride);
            upperA.rearrange(SWAP_1).blend(upperB, UPPER_1).intoArray(memory, out + 3 * toStride);
        }
    }
}
