package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.KvPages.BLOCK_TOKENS;
import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.kernel.KvPages;
import dev.nemotron.kernel.scalar.Exponential;
import dev.nemotron.spi.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Attention of one token, page by page with a running maximum. Keys and values are widened in blocks that stay in the first
 * cache while all query heads of the group use them. Heads come in fours; the places of the last four that have no head
 * repeat the last one, and their results are dropped. Everything lies in one array: scores [heads][page], queries
 * [heads][P], sums [heads][P], a block of keys or values, one vector, maxima [heads], totals [heads].
 */
final class VectorAttention {

    private static final int SCORES = Scratch.START;

    private VectorAttention() {}

    private static int padded(int queryHeads) {
        return (queryHeads + 3) & -4;
    }

    private static int queriesPlace(int heads) {
        return SCORES + heads * PAGE_TOKENS;
    }

    private static int sumsPlace(int heads, int width) {
        return queriesPlace(heads) + heads * width;
    }

    private static int blockPlace(int heads, int width) {
        return sumsPlace(heads, width) + heads * width;
    }

    private static int lanesPlace(int heads, int width) {
        return blockPlace(heads, width) + BLOCK_TOKENS * width;
    }

    private static int maximaPlace(int heads, int width) {
        return lanesPlace(heads, width) + Lanes.COUNT;
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
            Scratch scratch) {
        int width = pages.headWidth();
        int heads = padded(queryHeads);
        int maxima = maximaPlace(heads, width);
        int sums = sumsPlace(heads, width);
        float[] memory = scratch.floats(maxima + 2 * heads - Scratch.START);
        long group = (offset + (long) kvHead * queryHeads * width) * Float.BYTES;
        for (int i = 0; i < heads; i++) {
            long query = group + (long) Math.min(i, queryHeads - 1) * width * Float.BYTES;
            MemorySegment.copy(queries, JAVA_FLOAT, query, memory, queriesPlace(heads) + i * width, width);
        }
        Arrays.fill(memory, sums, sums + heads * width, 0);
        Arrays.fill(memory, maxima, maxima + heads, Float.NEGATIVE_INFINITY);
        Arrays.fill(memory, maxima + heads, maxima + 2 * heads, 0);
        for (int first = 0; first < length; first += PAGE_TOKENS) {
            int tokens = Math.min(PAGE_TOKENS, length - first);
            scorePage(pages, kvHead, heads, first, tokens, scale, memory);
            for (int i = 0; i < queryHeads; i++) {
                weigh(i, heads, width, tokens, memory);
            }
            addPage(pages, kvHead, heads, first, tokens, memory);
        }
        for (int i = 0; i < queryHeads; i++) {
            VectorElementwise.divide(memory, sums + i * width, memory[maxima + heads + i], width);
        }
        MemorySegment.copy(memory, sums, out, JAVA_FLOAT, group, queryHeads * width);
    }

    /** Widens a block of keys or values. */
    private static void load(KvPages pages, MemorySegment page, long index, float[] memory, int block, int count) {
        if (pages.type() == KvPages.Type.F32) {
            MemorySegment.copy(page, JAVA_FLOAT, index * Float.BYTES, memory, block, count);
        } else {
            VectorBf16.widen(page, index, memory, block, count);
        }
    }

    /** Fills in q·k·scale for all heads and the tokens of one page, rounded up to whole blocks. */
    private static void scorePage(
            KvPages pages, int kvHead, int heads, int first, int tokens, float scale, float[] memory) {
        int width = pages.headWidth();
        int block = blockPlace(heads, width);
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        for (int start = 0; start < tokens; start += BLOCK_TOKENS) {
            load(pages, page, pages.keyIndex(kvHead, start, 0), memory, block, BLOCK_TOKENS * width);
            for (int i = 0; i < heads; i += 4) {
                int query = queriesPlace(heads) + i * width;
                for (int j = 0; j < BLOCK_TOKENS && start + j < tokens; j += VectorScores.TOKENS) {
                    int scores = SCORES + i * PAGE_TOKENS + start + j;
                    VectorScores.fourHeads(memory, query, block + j, width, scale, scores);
                }
            }
        }
    }

    /** Turns one head's scores into weights against the new maximum, and brings total and sums to it. */
    private static void weigh(int head, int heads, int width, int tokens, float[] memory) {
        int scores = SCORES + head * PAGE_TOKENS;
        int lanes = lanesPlace(heads, width);
        int maximum = maximaPlace(heads, width) + head;
        int total = maximum + heads;
        float old = memory[maximum];
        float max = Math.max(old, VectorElementwise.greatest(memory, scores, tokens, lanes));
        float rescale = Exponential.exp(old - max);
        float sum = VectorExponential.exponentials(memory, scores, tokens, max, lanes);
        memory[maximum] = max;
        memory[total] = Math.fma(memory[total], rescale, sum);
        VectorElementwise.scale(rescale, memory, sumsPlace(heads, width) + head * width, width);
    }

    /** Adds Σ_j weight_j·v_j of the tokens of one page to the sums of all heads, in the order of the tokens. */
    private static void addPage(KvPages pages, int kvHead, int heads, int first, int tokens, float[] memory) {
        int width = pages.headWidth();
        int block = blockPlace(heads, width);
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        for (int start = 0; start < tokens; start += BLOCK_TOKENS) {
            int count = Math.min(BLOCK_TOKENS, tokens - start);
            load(pages, page, pages.valueIndex(kvHead, start), memory, block, count * width);
            for (int i = 0; i < heads; i += 4) {
                int weights = SCORES + i * PAGE_TOKENS + start;
                VectorValues.add(memory, weights, block, count, width, sumsPlace(heads, width) + i * width);
            }
        }
    }
}
