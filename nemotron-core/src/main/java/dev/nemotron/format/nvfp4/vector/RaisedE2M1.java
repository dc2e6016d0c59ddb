package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.number.E2M1;

/**
 * E2M1 raised by {@value #RAISE}. All its numbers then lie between 16 and 32, where a BF16 is a constant byte above a byte that
 * grows evenly with the number: so one permutation of bytes decodes 64 codes, and one more operation makes words of half of
 * them.
 *
 * <p>Two such words are 32 bits, and a float as they are: the upper number, and the lower one times {@link #SPILL}, raised by
 * {@link #UPPER_RAISE} together. So the lower half need not be cleared to multiply with the upper number. What the raise and the
 * spill add to a sum depends on the inputs only; {@link PanelInputs} takes it away from them beforehand, once for all rows.
 */
final class RaisedE2M1 {

    /** What is added to the number in the lower half, once it is shifted up. */
    static final float RAISE = 22;

    /** The bytes of the permuted vector that are the lower ones of words. */
    static final int LOWER_BYTES = 0x00FF_00FF;

    /** The upper bytes of two words. */
    static final int UPPER_BYTES = 0x4100_4100;

    /** What one in the lower half adds to the number in the upper half. */
    static final float SPILL = 0x1p-16f;

    /** What is added to the number in the upper half if the lower one is zero. */
    static final float UPPER_RAISE;

    /** The lower byte of each code; four times, since a permutation of 64 lanes looks at six bits, two of them of another code. */
    static final byte[] TABLE = new byte[64];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = (byte) (Float.floatToRawIntBits(RAISE + E2M1.toFloat(i)) >>> Short.SIZE);
        }
        int zero = Float.floatToRawIntBits(RAISE);
        UPPER_RAISE = Float.intBitsToFloat(zero | zero >>> Short.SIZE);
    }

    private RaisedE2M1() {}
}
