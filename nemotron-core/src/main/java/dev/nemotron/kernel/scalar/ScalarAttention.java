package dev.nemotron.kernel.scalar;

import static dev.nemotron.kernel.KvPages.PAGE_TOKENS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.nemotron.kernel.KvPages;
import java.lang.foreign.MemorySegment;

/** Keys and values in pages, and attention over them (specification 2.4). */
final class ScalarAttention {

    private ScalarAttention() {}

    static void append(MemorySegment keys, MemorySegment values, long offset, KvPages pages, int position) {
        MemorySegment page = pages.pages().get(position / PAGE_TOKENS);
        for (int head = 0; head < pages.heads(); head++) {
            for (int p = 0; p < pages.headWidth(); p++) {
                long source = offset + (long) head * pages.headWidth() + p;
                store(page, pages.keyIndex(head, position, p), pages.type(), keys.getAtIndex(JAVA_FLOAT, source));
                store(page, pages.valueIndex(head, position) + p, pages.type(), values.getAtIndex(JAVA_FLOAT, source));
            }
        }
    }

    private static void store(MemorySegment page, long index, KvPages.Type type, float value) {
        switch (type) {
            case BF16 -> page.setAtIndex(JAVA_SHORT, index, Bf16.round(value));
            case F32 -> page.setAtIndex(JAVA_FLOAT, index, value);
        }
    }

    private static float load(MemorySegment page, long index, KvPages.Type type) {
        return switch (type) {
            case BF16 -> Bf16.widen(page.getAtIndex(JAVA_SHORT, index));
            case F32 -> page.getAtIndex(JAVA_FLOAT, index);
        };
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
        for (int i = 0; i < queryHeads; i++) {
            long head = offset + (long) (kvHead * queryHeads + i) * pages.headWidth();
            attendHead(queries, head, pages, kvHead, length, scale, out, scratch);
        }
    }

    /** One query head; {@code out} holds Σ exp(score − max)·v of the pages seen until the last line divides it. */
    private static void attendHead(
            MemorySegment queries,
            long head,
            KvPages pages,
            int kvHead,
            int length,
            float scale,
            MemorySegment out,
            MemorySegment weights) {
        int headWidth = pages.headWidth();
        float max = Float.NEGATIVE_INFINITY;
        double sum = 0;
        for (int p = 0; p < headWidth; p++) {
            out.setAtIndex(JAVA_FLOAT, head + p, 0f);
        }
        for (int first = 0; first < length; first += PAGE_TOKENS) {
            int tokens = Math.min(PAGE_TOKENS, length - first);
            float pageMax = scores(queries, head, pages, kvHead, first, tokens, scale, weights);
            float newMax = Math.max(max, pageMax);
            float rescale = Exponential.exp(max - newMax);
            sum *= rescale;
            for (int j = 0; j < tokens; j++) {
                float weight = Exponential.exp(weights.getAtIndex(JAVA_FLOAT, j) - newMax);
                weights.setAtIndex(JAVA_FLOAT, j, weight);
                sum += weight;
            }
            addValues(weights, pages, kvHead, first, tokens, rescale, out, head);
            max = newMax;
        }
        for (int p = 0; p < headWidth; p++) {
            out.setAtIndex(JAVA_FLOAT, head + p, out.getAtIndex(JAVA_FLOAT, head + p) / (float) sum);
        }
    }

    /** Fills in q·k·scale for the tokens of one page; returns the greatest. */
    private static float scores(
            MemorySegment queries,
            long head,
            KvPages pages,
            int kvHead,
            int first,
            int tokens,
            float scale,
            MemorySegment scores) {
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < tokens; j++) {
            double dot = 0;
            for (int p = 0; p < pages.headWidth(); p++) {
                float key = load(page, pages.keyIndex(kvHead, first + j, p), pages.type());
                dot += (double) queries.getAtIndex(JAVA_FLOAT, head + p) * key;
            }
            float score = (float) dot * scale;
            scores.setAtIndex(JAVA_FLOAT, j, score);
            max = Math.max(max, score);
        }
        return max;
    }

    /** out = out·rescale + Σ_j weight_j·v_j over the tokens of one page. */
    private static void addValues(
            MemorySegment weights,
            KvPages pages,
            int kvHead,
            int first,
            int tokens,
            float rescale,
            MemorySegment out,
            long outOffset) {
        MemorySegment page = pages.pages().get(first / PAGE_TOKENS);
        for (int p = 0; p < pages.headWidth(); p++) {
            double sum = (double) out.getAtIndex(JAVA_FLOAT, outOffset + p) * rescale;
            for (int j = 0; j < tokens; j++) {
                float value = load(page, pages.valueIndex(kvHead, first + j) + p, pages.type());
                sum += (double) weights.getAtIndex(JAVA_FLOAT, j) * value;
            }
            out.setAtIndex(JAVA_FLOAT, outOffset + p, (float) sum);
        }
    }
}
