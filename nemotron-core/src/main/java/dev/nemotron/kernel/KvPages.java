package dev.nemotron.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The keys and values of one attention layer and one sequence, in pages of {@link #PAGE_TOKENS} tokens. A page holds
 * [2][K][PAGE_TOKENS][P] elements: first all keys, then all values.
 *
 * @param pages the pages, oldest first, each 64-byte aligned
 * @param type the element type
 * @param heads K, the key/value heads
 * @param headWidth P
 */
public record KvPages(List<MemorySegment> pages, Type type, int heads, int headWidth) {

    /** Tokens in a page. Attention sums page by page, so this number is part of the numerics. */
    public static final int PAGE_TOKENS = 256;

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
     * Finds a key in its page.
     *
     * @param head the key/value head
     * @param position the token's place in the sequence, from 0
     * @return the index of its first element, in elements from the start of the page
     */
    public long keyIndex(int head, int position) {
        return ((long) head * PAGE_TOKENS + position % PAGE_TOKENS) * headWidth;
    }

    /**
     * Finds a value in its page.
     *
     * @param head the key/value head
     * @param position the token's place in the sequence, from 0
     * @return the index of its first element, in elements from the start of the page
     */
    public long valueIndex(int head, int position) {
        return keyIndex(heads + head, position);
    }
}
