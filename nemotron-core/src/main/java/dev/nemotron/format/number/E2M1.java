package dev.nemotron.format.number;

/** FP4 with one sign, two exponent (bias 1) and one mantissa bit: 0, 0.5, 1, 1.5, 2, 3, 4, 6 and their negatives. */
public final class E2M1 {

    private static final float[] VALUES = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6};

    private E2M1() {}

    /**
     * Decodes.
     *
     * @param code the number in its lowest four bits; higher bits are ignored
     * @return the value, exactly
     */
    public static float toFloat(int code) {
        return VALUES[code & 15];
    }
}
