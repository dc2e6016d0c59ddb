package dev.nemotron.kernel.scalar;

/** BF16, the upper half of an FP32. */
public final class Bf16 {

    private Bf16() {}

    /**
     * Rounds to nearest, ties to even. A NaN stays a NaN: its quiet bit is set, since the bits that made it one may all lie
     * in the lower half.
     *
     * @param value an FP32
     * @return the BF16
     */
    public static short round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }

    /**
     * Widens, exactly.
     *
     * @param code a BF16
     * @return the same number as FP32
     */
    public static float widen(short code) {
        return Float.intBitsToFloat(code << 16);
    }
}
