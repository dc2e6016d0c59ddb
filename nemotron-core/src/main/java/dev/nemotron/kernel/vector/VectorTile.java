package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The inner loop of everything that multiplies rows with rows: four by four dot products in registers. */
final class VectorTile {

    private VectorTile() {}

    /**
     * Accumulates the lanes of Σ_c w_i[c]·x_j[c] into sums[i][j], [4][4][L], each by fused multiply-add along the columns,
     * from 0 where this is the first block of columns and else from what is there; columns beyond the last full vector are
     * left out. Places in {@code x} count floats, all others bytes. The inputs lie in an array, since C2 checks the bounds of
     * an array once a loop and those of a segment at every access.
     */
    static void accumulate(
            boolean first,
            MemorySegment w,
            long w0,
            long w1,
            long w2,
            long w3,
            float[] x,
            int x0,
            int x1,
            int x2,
            int x3,
            int columns,
            MemorySegment sums,
            long out) {
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        long vector = FLOATS.vectorByteSize();
        if (!first) {
            s00 = FloatVector.fromMemorySegment(FLOATS, sums, out, ORDER);
            s01 = FloatVector.fromMemorySegment(FLOATS, sums, out + vector, ORDER);
            s02 = FloatVector.fromMemorySegment(FLOATS, sums, out + 2 * vector, ORDER);
            s03 = FloatVector.fromMemorySegment(FLOATS, sums, out + 3 * vector, ORDER);
            s10 = FloatVector.fromMemorySegment(FLOATS, sums, out + 4 * vector, ORDER);
            s11 = FloatVector.fromMemorySegment(FLOATS, sums, out + 5 * vector, ORDER);
            s12 = FloatVector.fromMemorySegment(FLOATS, sums, out + 6 * vector, ORDER);
            s13 = FloatVector.fromMemorySegment(FLOATS, sums, out + 7 * vector, ORDER);
            s20 = FloatVector.fromMemorySegment(FLOATS, sums, out + 8 * vector, ORDER);
            s21 = FloatVector.fromMemorySegment(FLOATS, sums, out + 9 * vector, ORDER);
            s22 = FloatVector.fromMemorySegment(FLOATS, sums, out + 10 * vector, ORDER);
            s23 = FloatVector.fromMemorySegment(FLOATS, sums, out + 11 * vector, ORDER);
            s30 = FloatVector.fromMemorySegment(FLOATS, sums, out + 12 * vector, ORDER);
            s31 = FloatVector.fromMemorySegment(FLOATS, sums, out + 13 * vector, ORDER);
            s32 = FloatVector.fromMemorySegment(FLOATS, sums, out + 14 * vector, ORDER);
            s33 = FloatVector.fromMemorySegment(FLOATS, sums, out + 15 * vector, ORDER);
        }
        int body = Lanes.body(columns);
        for (int c = 0; c < body; c += COUNT) {
            long at = (long) c * Float.BYTES;
            FloatVector in0 = FloatVector.fromArray(FLOATS, x, x0 + c);
            FloatVector in1 = FloatVector.fromArray(FLOATS, x, x1 + c);
            FloatVector in2 = FloatVector.fromArray(FLOATS, x, x2 + c);
            FloatVector in3 = FloatVector.fromArray(FLOATS, x, x3 + c);
            FloatVector row = FloatVector.fromMemorySegment(FLOATS, w, w0 + at, ORDER);
            s00 = row.fma(in0, s00);
            s01 = row.fma(in1, s01);
            s02 = row.fma(in2, s02);
            s03 = row.fma(in3, s03);
            row = FloatVector.fromMemorySegment(FLOATS, w, w1 + at, ORDER);
            s10 = row.fma(in0, s10);
            s11 = row.fma(in1, s11);
            s12 = row.fma(in2, s12);
            s13 = row.fma(in3, s13);
            row = FloatVector.fromMemorySegment(FLOATS, w, w2 + at, ORDER);
            s20 = row.fma(in0, s20);
            s21 = row.fma(in1, s21);
            s22 = row.fma(in2, s22);
            s23 = row.fma(in3, s23);
            row = FloatVector.fromMemorySegment(FLOATS, w, w3 + at, ORDER);
            s30 = row.fma(in0, s30);
            s31 = row.fma(in1, s31);
            s32 = row.fma(in2, s32);
            s33 = row.fma(in3, s33);
        }
        s00.intoMemorySegment(sums, out, ORDER);
        s01.intoMemorySegment(sums, out + vector, ORDER);
        s02.intoMemorySegment(sums, out + 2 * vector, ORDER);
        s03.intoMemorySegment(sums, out + 3 * vector, ORDER);
        s10.intoMemorySegment(sums, out + 4 * vector, ORDER);
        s11.intoMemorySegment(sums, out + 5 * vector, ORDER);
        s12.intoMemorySegment(sums, out + 6 * vector, ORDER);
        s13.intoMemorySegment(sums, out + 7 * vector, ORDER);
        s20.intoMemorySegment(sums, out + 8 * vector, ORDER);
        s21.intoMemorySegment(sums, out + 9 * vector, ORDER);
        s22.intoMemorySegment(sums, out + 10 * vector, ORDER);
        s23.intoMemorySegment(sums, out + 11 * vector, ORDER);
        s30.intoMemorySegment(sums, out + 12 * vector, ORDER);
        s31.intoMemorySegment(sums, out + 13 * vector, ORDER);
        s32.intoMemorySegment(sums, out + 14 * vector, ORDER);
        s33.intoMemorySegment(sums, out + 15 * vector, ORDER);
    }
}
