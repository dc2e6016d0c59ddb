package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.BLOCK_TOKENS;
import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
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

    private VectorAttention() {}

    /** Scores [heads][page], maximum and total [heads], sums [heads][P], a block of widened keys or values. */
    static long scratch(int queryHeads, int headWidth) {
        return blockPlace(padded(queryHeads), headWidth) + (long) BLOCK_TOKENS * headWidth;
    }

    private static int padded(int queryHeads) {
        return (queryHeads + 3) & -4;
    }

    private static long maximaPlace(int heads) {
        return (long) heads * PAGE_TOKENS;
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

    /** Fills in q·k·scale for all heads and the tokens of one page, rounded up to whole blocks. */
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
        for (int start = 0; start < tokens; start += BLOCK_TOKENS) {
            long index = pages.keyIndex(kvHead, start, 0);
            if (!stored) {
                VectorBf16.widen(page, index, scratch, block, BLOCK_TOKENS * width);
            }
            MemorySegment keys = stored ? page : scratch;
            long key = stored ? index : block;
            for (int i = 0; i < heads; i += 4) {
                for (int j = 0; j < BLOCK_TOKENS && start + j < tokens; j += VectorScores.TOKENS) {
                    VectorScores.fourHeads(
                            queries,
                            group + (long) i * width,
                            group + (long) Math.min(i + 1, queryHeads - 1) * width,
                            group + (long) Math.min(i + 2, queryHeads - 1) * width,
                            group + (long) Math.min(i + 3, queryHeads - 1) * width,
                            keys,
                            key + j,
                            width,
                            scale,
                            scratch,
                            (long) i * PAGE_TOKENS + start + j);
                }
            }
        }
    }

    /** Turns one head's scores into weights against the new maximum, and brings total and sums to it. */
    private static void weigh(int head, int heads, int width, int tokens, MemorySegment scratch) {
        long scores = (long) head * PAGE_TOKENS;
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
        for (int start = 0; start < tokens; start += BLOCK_TOKENS) {
            int count = Math.min(BLOCK_TOKENS, tokens - start);
            long index = pages.valueIndex(kvHead, start);
            if (!stored) {
                VectorBf16.widen(page, index, scratch, block, count * width);
            }
            MemorySegment values = stored ? page : scratch;
            long value = stored ? index : block;
            for (int i = 0; i < heads; i += 4) {
                long weights = (long) i * PAGE_TOKENS + start;
                VectorValues.add(
                        scratch, weights, values, value, count, width, scratch, sumsPlace(heads) + (long) i * width);
            }
        }
    }
}
