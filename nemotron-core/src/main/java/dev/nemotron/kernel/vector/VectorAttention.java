package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.kernel.KvPages;
import dev.nemotron.kernel.scalar.Exponential;
import java.lang.foreign.MemorySegment;

/**
 * Attention of one token, page by page with a running maximum. Keys and values are widened in blocks that stay in the first
 * cache while all query heads of the group use them. Heads come in fours; the places of the last four that have no head
 * repeat the last one, and their results are dropped.
 */
final class VectorAttention {

    /** Tokens whose keys or values are widened together; divides a page. */
    private static final int BLOCK = 32;

    /** The scratch: lanes [16][L], scores [heads][page], maximum and total [heads], sums [heads][P], a block [BLOCK][P]. */
    private static final int SCORES = LaneSums.GROUP * COUNT;

    private VectorAttention() {}

    static long scratch(int queryHeads, int headWidth) {
        return blockPlace(padded(queryHeads), headWidth) + (long) BLOCK * headWidth;
    }

    private static int padded(int queryHeads) {
        return (queryHeads + 3) & -4;
    }

    private static long maximaPlace(int heads) {
        return SCORES + (long) heads * PAGE_TOKENS;
    }

    private static long sumsPlace(int heads) {
        return maximaPlace(heads) + 2L * heads;
    }

    private static long blockPlace(int heads, int headWidth) {
        return sumsPlace(heads) + (long) heads * headWidth;
    }

    static void attend(
            MemorySegment queries,
            long offset,
            KvPages pages,
            int kvHead,
            int queryHeads,
            int length,
            float scale,
            MemorySegment out,
            MemorySegment scratch) {
        int width = pages.headWidth();
        int heads = padded(queryHeads);
        long group = offset + (long) kvHead * queryHeads * width;
        long maxima = maximaPlace(heads);
        long sums = sumsPlace(heads);
        for (long i = maxima; i < sums + (long) heads * width; i++) {
            scratch.setAtIndex(JAVA_FLOAT, i, i < maxima + heads ? Float.NEGATIVE_INFINITY : 0f);
        }
        for (int first = 0; first < length; first += PAGE_TOKENS) {
            int tokens = Math.min(PAGE_TOKENS, length - first);
            scorePage(queries, group, pages, kvHead, queryHeads, first, tokens, scale, scratch);
            for (int i = 0; i < queryHeads; i++) {
                weigh(i, heads, width, tokens, scratch);
            }
            addPage(pages, kvHead, heads, first, tokens, scratch);
        }
        for (int i = 0; i < queryHeads; i++) {
            float total = scratch.getAtIndex(JAVA_FLOAT, maxima + heads + i);
            VectorElementwise.divide(scratch, sums + (long) i * width, total, out, group + (long) i * width, width);
        }
    }

    /** Fills in q·k·scale for all heads and the tokens of one page. */
    private static void scorePage(
            MemorySegment queries,
            long group,
            KvPages pages,
            int kvHead,
            int queryHeads,
            int first,
            int tokens,
            float scale,
            MemorySegment scratch) {
        int width = pages.headWidth();
        int heads = padded(queryHeads);
        long block = blockPlace(heads, width);
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        boolean stored = pages.type() == KvPages.Type.F32;
        for (int start = 0; start < tokens; start += BLOCK) {
            int count = Math.min(BLOCK, tokens - start + 3 & -4);
            long index = pages.keyIndex(kvHead, start);
            if (!stored) {
                VectorBf16.widen(page, index, scratch, block, count * width);
            }
            MemorySegment keys = stored ? page : scratch;
            long key = stored ? index : block;
            for (int i = 0; i < heads; i += 4) {
                for (int j = 0; j < count; j += 4) {
                    long scores = SCORES + (long) i * PAGE_TOKENS + start + j;
                    scoreTile(
                            queries,
                            group,
                            i,
                            queryHeads - 1,
                            keys,
                            key + (long) j * width,
                            width,
                            scale,
                            scratch,
                            scores);
                }
            }
        }
    }

    /** Scores of four heads with four keys. */
    private static void scoreTile(
            MemorySegment queries,
            long group,
            int head,
            int lastHead,
            MemorySegment keys,
            long key,
            int width,
            float scale,
            MemorySegment scratch,
            long scores) {
        long stride = (long) width * Float.BYTES;
        long q = group * Float.BYTES;
        long k = key * Float.BYTES;
        VectorTile.accumulate(
                queries,
                q + Math.min(head, lastHead) * stride,
                q + Math.min(head + 1, lastHead) * stride,
                q + Math.min(head + 2, lastHead) * stride,
                q + Math.min(head + 3, lastHead) * stride,
                keys,
                k,
                k + stride,
                k + 2 * stride,
                k + 3 * stride,
                width,
                scratch,
                0);
        LaneSums.reduce(scratch, 0);
        int body = Lanes.body(width);
        for (int i = 0; i < 4; i++) {
            long query = group + (long) Math.min(head + i, lastHead) * width;
            for (int j = 0; j < 4; j++) {
                float sum = scratch.getAtIndex(JAVA_FLOAT, 4 * i + j);
                for (int p = body; p < width; p++) {
                    float factor = keys.getAtIndex(JAVA_FLOAT, key + (long) j * width + p);
                    sum = Math.fma(queries.getAtIndex(JAVA_FLOAT, query + p), factor, sum);
                }
                scratch.setAtIndex(JAVA_FLOAT, scores + (long) i * PAGE_TOKENS + j, sum * scale);
            }
        }
    }

    /** Turns one head's scores into weights against the new maximum, and brings total and sums to it. */
    private static void weigh(int head, int heads, int width, int tokens, MemorySegment scratch) {
        long scores = SCORES + (long) head * PAGE_TOKENS;
        long maximum = maximaPlace(heads) + head;
        long total = maximum + heads;
        float old = scratch.getAtIndex(JAVA_FLOAT, maximum);
        float max = Math.max(old, VectorElementwise.greatest(scratch, scores, tokens));
        float rescale = Exponential.exp(old - max);
        float sum = VectorExponential.exponentials(scratch, scores, tokens, max);
        scratch.setAtIndex(JAVA_FLOAT, maximum, max);
        scratch.setAtIndex(JAVA_FLOAT, total, Math.fma(scratch.getAtIndex(JAVA_FLOAT, total), rescale, sum));
        VectorElementwise.scale(rescale, scratch, sumsPlace(heads) + (long) head * width, width);
    }

    /** Adds Σ_j weight_j·v_j of the tokens of one page to the sums of all heads, in the order of the tokens. */
    private static void addPage(KvPages pages, int kvHead, int heads, int first, int tokens, MemorySegment scratch) {
        int width = pages.headWidth();
        long block = blockPlace(heads, width);
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        boolean stored = pages.type() == KvPages.Type.F32;
        for (int start = 0; start < tokens; start += BLOCK) {
            int count = Math.min(BLOCK, tokens - start);
            long index = pages.valueIndex(kvHead, start);
            if (!stored) {
                VectorBf16.widen(page, index, scratch, block, count * width);
            }
            MemorySegment values = stored ? page : scratch;
            long value = stored ? index : block;
            for (int i = 0; i < heads; i += 4) {
                long weights = SCORES + (long) i * PAGE_TOKENS + start;
                VectorValues.add(
                        scratch, weights, values, value, count, width, scratch, sumsPlace(heads) + (long) i * width);
            }
        }
    }
}
