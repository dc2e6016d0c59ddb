package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.BLOCK_TOKENS;
import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The scores of four heads, tokens in lanes. */
final class VectorScores {

    /** Tokens of one call; divides a block of keys. */
    static final int TOKENS = 4 * COUNT;

    private VectorScores() {}

    /**
     * scores[i][j] = scale·Σ_p q_i[p]·keys[p][j] for four heads i and {@link #TOKENS} tokens j, in the order of p.
     *
     * @param memory holds everything
     * @param queries where the queries begin, [4][width]
     * @param keys where the keys begin, [width][BLOCK_TOKENS]
     * @param width the width of a head
     * @param scale the factor
     * @param scores where the scores begin, rows of {@code PAGE_TOKENS}
     */
    static void fourHeads(float[] memory, int queries, int keys, int width, float scale, int scores) {
        int q1 = queries + width;
        int q2 = q1 + width;
        int q3 = q2 + width;
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
            int at = keys + p * BLOCK_TOKENS;
            FloatVector k0 = FloatVector.fromArray(FLOATS, memory, at);
            FloatVector k1 = FloatVector.fromArray(FLOATS, memory, at + COUNT);
            FloatVector k2 = FloatVector.fromArray(FLOATS, memory, at + 2 * COUNT);
            FloatVector k3 = FloatVector.fromArray(FLOATS, memory, at + 3 * COUNT);
            FloatVector q = FloatVector.broadcast(FLOATS, memory[queries + p]);
            s00 = q.fma(k0, s00);
            s01 = q.fma(k1, s01);
            s02 = q.fma(k2, s02);
            s03 = q.fma(k3, s03);
            q = FloatVector.broadcast(FLOATS, memory[q1 + p]);
            s10 = q.fma(k0, s10);
            s11 = q.fma(k1, s11);
            s12 = q.fma(k2, s12);
            s13 = q.fma(k3, s13);
            q = FloatVector.broadcast(FLOATS, memory[q2 + p]);
            s20 = q.fma(k0, s20);
            s21 = q.fma(k1, s21);
            s22 = q.fma(k2, s22);
            s23 = q.fma(k3, s23);
            q = FloatVector.broadcast(FLOATS, memory[q3 + p]);
            s30 = q.fma(k0, s30);
            s31 = q.fma(k1, s31);
            s32 = q.fma(k2, s32);
            s33 = q.fma(k3, s33);
        }
        s00.mul(scale).intoArray(memory, scores);
        s01.mul(scale).intoArray(memory, scores + COUNT);
        s02.mul(scale).intoArray(memory, scores + 2 * COUNT);
        s03.mul(scale).intoArray(memory, scores + 3 * COUNT);
        s10.mul(scale).intoArray(memory, scores + PAGE_TOKENS);
        s11.mul(scale).intoArray(memory, scores + PAGE_TOKENS + COUNT);
        s12.mul(scale).intoArray(memory, scores + PAGE_TOKENS + 2 * COUNT);
        s13.mul(scale).intoArray(memory, scores + PAGE_TOKENS + 3 * COUNT);
        s20.mul(scale).intoArray(memory, scores + 2 * PAGE_TOKENS);
        s21.mul(scale).intoArray(memory, scores + 2 * PAGE_TOKENS + COUNT);
        s22.mul(scale).intoArray(memory, scores + 2 * PAGE_TOKENS + 2 * COUNT);
        s23.mul(scale).intoArray(memory, scores + 2 * PAGE_TOKENS + 3 * COUNT);
        s30.mul(scale).intoArray(memory, scores + 3 * PAGE_TOKENS);
        s31.mul(scale).intoArray(memory, scores + 3 * PAGE_TOKENS + COUNT);
        s32.mul(scale).intoArray(memory, scores + 3 * PAGE_TOKENS + 2 * COUNT);
        s33.mul(scale).intoArray(memory, scores + 3 * PAGE_TOKENS + 3 * COUNT);
    }
}
