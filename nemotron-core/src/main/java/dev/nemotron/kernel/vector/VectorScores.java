package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.BLOCK_TOKENS;
import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The scores of four heads, tokens in lanes. */
final class VectorScores {

    /** Tokens of one call; divides a block of keys. */
    static final int TOKENS = 4 * COUNT;

    private VectorScores() {}

    /**
     * scores[i][j] = scale·Σ_p q_i[p]·keys[p][j] for four heads i and {@link #TOKENS} tokens j, in the order of p.
     *
     * @param q0 where the query of head 0 begins, in floats; likewise the others
     * @param keys [width][BLOCK_TOKENS], from {@code key}
     * @param scores rows of {@code PAGE_TOKENS}
     */
    static void fourHeads(
            MemorySegment queries,
            long q0,
            long q1,
            long q2,
            long q3,
            MemorySegment keys,
            long key,
            int width,
            float scale,
            MemorySegment scores,
            long scoresOffset) {
        long vector = FLOATS.vectorByteSize();
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
        for (int p = 0; p < width; p++) {
            long at = (key + (long) p * BLOCK_TOKENS) * Float.BYTES;
            FloatVector k0 = FloatVector.fromMemorySegment(FLOATS, keys, at, ORDER);
            FloatVector k1 = FloatVector.fromMemorySegment(FLOATS, keys, at + vector, ORDER);
            FloatVector k2 = FloatVector.fromMemorySegment(FLOATS, keys, at + 2 * vector, ORDER);
            FloatVector k3 = FloatVector.fromMemorySegment(FLOATS, keys, at + 3 * vector, ORDER);
            FloatVector q = FloatVector.broadcast(FLOATS, queries.getAtIndex(JAVA_FLOAT, q0 + p));
            s00 = q.fma(k0, s00);
            s01 = q.fma(k1, s01);
            s02 = q.fma(k2, s02);
            s03 = q.fma(k3, s03);
            q = FloatVector.broadcast(FLOATS, queries.getAtIndex(JAVA_FLOAT, q1 + p));
            s10 = q.fma(k0, s10);
            s11 = q.fma(k1, s11);
            s12 = q.fma(k2, s12);
            s13 = q.fma(k3, s13);
            q = FloatVector.broadcast(FLOATS, queries.getAtIndex(JAVA_FLOAT, q2 + p));
            s20 = q.fma(k0, s20);
            s21 = q.fma(k1, s21);
            s22 = q.fma(k2, s22);
            s23 = q.fma(k3, s23);
            q = FloatVector.broadcast(FLOATS, queries.getAtIndex(JAVA_FLOAT, q3 + p));
            s30 = q.fma(k0, s30);
            s31 = q.fma(k1, s31);
            s32 = q.fma(k2, s32);
            s33 = q.fma(k3, s33);
        }
        long out = scoresOffset * Float.BYTES;
        s00.mul(scale).intoMemorySegment(scores, out, ORDER);
        s01.mul(scale).intoMemorySegment(scores, out + vector, ORDER);
        s02.mul(scale).intoMemorySegment(scores, out + 2 * vector, ORDER);
        s03.mul(scale).intoMemorySegment(scores, out + 3 * vector, ORDER);
        out += (long) PAGE_TOKENS * Float.BYTES;
        s10.mul(scale).intoMemorySegment(scores, out, ORDER);
        s11.mul(scale).intoMemorySegment(scores, out + vector, ORDER);
        s12.mul(scale).intoMemorySegment(scores, out + 2 * vector, ORDER);
        s13.mul(scale).intoMemorySegment(scores, out + 3 * vector, ORDER);
        out += (long) PAGE_TOKENS * Float.BYTES;
        s20.mul(scale).intoMemorySegment(scores, out, ORDER);
        s21.mul(scale).intoMemorySegment(scores, out + vector, ORDER);
        s22.mul(scale).intoMemorySegment(scores, out + 2 * vector, ORDER);
        s23.mul(scale).intoMemorySegment(scores, out + 3 * vector, ORDER);
        out += (long) PAGE_TOKENS * Float.BYTES;
        s30.mul(scale).intoMemorySegment(scores, out, ORDER);
        s31.mul(scale).intoMemorySegment(scores, out + vector, ORDER);
        s32.mul(scale).intoMemorySegment(scores, out + 2 * vector, ORDER);
        s33.mul(scale).intoMemorySegment(scores, out + 3 * vector, ORDER);
    }
}
