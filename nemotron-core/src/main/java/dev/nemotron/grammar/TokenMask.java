package dev.nemotron.grammar;

import java.util.Arrays;

/** A set of tokens: a list where they are few, else a bit for each. Immutable. */
final class TokenMask {

    private static final int FEW = 1024;

    private final int[] few;
    private final long[] bits;

    private TokenMask(int[] few, long[] bits) {
        this.few = few;
        this.bits = bits;
    }

    /** Copies a set of bits. */
    static TokenMask of(long[] bits) {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        if (size > FEW) {
            return new TokenMask(new int[0], bits.clone());
        }
        int[] few = new int[size];
        int at = 0;
        for (int word = 0; word < bits.length; word++) {
            for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
                few[at++] = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            }
        }
        return new TokenMask(few, new long[0]);
    }

    /** Sets the bits of this set and clears all others. */
    void copyTo(long[] target) {
        System.arraycopy(bits, 0, target, 0, bits.length);
        Arrays.fill(target, bits.length, target.length, 0);
        for (int token : few) {
            target[token >> 6] |= 1L << token;
        }
    }

    long bytes() {
        return 48 + 4L * few.length + 8L * bits.length;
    }
}
