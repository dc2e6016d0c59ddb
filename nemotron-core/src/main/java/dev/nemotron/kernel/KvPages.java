package dev.nemotron.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The keys and values of one attention layer and one sequence, in pages of {@link #PAGE_TOKENS} tokens. A page holds
 * first all keys, [K][blocks][P][BLOCK_TOKENS], then all values, [K][PAGE_TOKENS][P]: a token's key lies across, so that the
 * scores of neighbouring tokens are computed side by side, and its value lies along.
 *
 * @param pages the pages, oldest first, each 64-byte aligned
 * @param type the element type
 * @param heads K, the key/value heads
 * @param headWidth P
 */
public record KvPages(List<MemorySegment> pages, Type type, int heads, int headWidth) {

    /** Tokens in a page. Attention sums page by page, so this number is part of the numerics. */
    public static final int PAGE_TOKENS = 256;

    /** Tokens whose keys lie side by side; divides a page. */
    public static final int BLOCK_TOKENS = 64;

    /** How an element is stored. */
    public enum Type {
        /** The upper half of an FP32, rounded to nearest even. */
        BF16(2),
        /** FP32. */
        F32(4);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /**
         * The size of one element.
         *
         * @return the size in bytes
         */
        public int bytes() {
            return bytes;
        }
    }

    /**
     * The size of one page.
     *
     * @return the size in bytes
     */
    public long pageBytes() {
        return 2L * heads * PAGE_TOKENS * headWidth * type.bytes();
    }

    /**
     * Finds an element of a key in its page.
     *
     * @param head the key/value head
     * @param position the token's place in the sequence, from 0
     * @param element the element of the key, from 0 to P − 1; the next one lies {@link #BLOCK_TOKENS} further
     * @return its index, in elements from the start of the page
     */
    public long keyIndex(int head, int position, int element) {
        int block = position % PAGE_TOKENS / BLOCK_TOKENS;
        long row = ((long) head * (PAGE_TOKENS / BLOCK_TOKENS) + block) * headWidth + element;
        return row * BLOCK_TOKENS + position % BLOCK_TOKENS;
    }

    /**
     * Finds a value in its page.
     *
     * @param head the key/value head
     * @param position the token's place in the sequence, from 0
     * @return the index of its first element, in elements from the start of the page; the next one is adjacent
     */
    public long valueIndex(int head, int position) {
        return ((long) (heads + head) * PAGE_TOKENS + position % PAGE_TOKENS) * headWidth;
    }
}
