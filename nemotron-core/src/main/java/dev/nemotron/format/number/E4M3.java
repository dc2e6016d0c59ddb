package dev.nemotron.format.number;

/**
 * FP8 with one sign, four exponent (bias 7) and three mantissa bits: no infinities, NaN only where all other bits are set,
 * 448 the largest value (quantisation specification 2.1).
 */
public final class E4M3 {

    private static final int CODES = 256;
    private static final int BIAS = 7;
    private static final float[] VALUES = new float[CODES];

    static {
        for (int code = 0; code < CODES; code++) {
            VALUES[code] = compute(code);
        }
    }

    private E4M3() {}

    private static float compute(int code) {
        int exponent = code >> 3 & 15;
        int mantissa = code & 7;
        if (exponent == 15 && mantissa == 7) {
            return Float.NaN;
        }
        float magnitude = exponent == 0
                ? Math.scalb((float) mantissa, 1 - BIAS - 3)
                : Math.scalb((float) (8 + mantissa), exponent - BIAS - 3);
        return code < 128 ? magnitude : -magnitude;
    }

    /**
     * Decodes.
     *
     * @param code the eight bits
     * @return the value, exactly
     */
    public static float toFloat(byte code) {
        return VALUES[code & 0xFF];
    }
}
