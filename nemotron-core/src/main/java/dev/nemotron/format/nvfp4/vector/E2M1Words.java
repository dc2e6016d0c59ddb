package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.number.E2M1;

/** E2M1 as BF16, which holds all its numbers. */
final class E2M1Words {

    /** The number of each code; twice, since a permutation of 32 lanes looks at five bits, the fifth of another code. */
    static final short[] TABLE = new short[32];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = (short) (Float.floatToRawIntBits(E2M1.toFloat(i)) >>> Short.SIZE);
        }
    }

    private E2M1Words() {}
}
