package dev.nemotron.kernel.scalar;

/**
 * exp in FP32 from fused multiply-adds alone, so that plain and SIMD code can give the same bits: x = n·ln 2 + r with
 * |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 7 in r, whose first neglected term is 5e-9, times 2ⁿ in two exact
 * halves, so that results fade through the subnormals and overflow to infinity where exp does. The relative error is below
 * 2e-7 for normal results; NaN stays NaN.
 */
public final class Exponential {

    /** Above it exp is infinite. */
    public static final float HIGHEST = 89f;

    /** Below it exp is 0. */
    public static final float LOWEST = -104f;

    /** 1 / ln 2. */
    public static final float LOG2_E = 1.442695f;

    /** Adding 1.5·2²³ leaves the nearest integer in the low bits. */
    public static final float ROUNDER = 12582912f;

    /** The bits of {@link #ROUNDER}. */
    public static final int ROUNDER_BITS = 0x4B400000;

    /** Minus the leading bits of ln 2. */
    public static final float MINUS_LN2_HIGH = -355f / 512;

    /** Minus the rest of ln 2. */
    public static final float MINUS_LN2_LOW = 2.1219444e-4f;

    /** 1/7!. */
    public static final float C7 = 1f / 5040;

    /** 1/6!. */
    public static final float C6 = 1f / 720;

    /** 1/5!. */
    public static final float C5 = 1f / 120;

    /** 1/4!. */
    public static final float C4 = 1f / 24;

    /** 1/3!. */
    public static final float C3 = 1f / 6;

    /** 1/2!. */
    public static final float C2 = 0.5f;

    private Exponential() {}

    /**
     * Computes e to the power of x.
     *
     * @param x the exponent
     * @return eˣ
     */
    public static float exp(float x) {
        float clamped = x > HIGHEST ? HIGHEST : x;
        clamped = clamped < LOWEST ? LOWEST : clamped;
        float shifted = Math.fma(clamped, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, clamped));
        float p = Math.fma(r, C7, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p, r, 1f);
        p = Math.fma(p, r, 1f);
        int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        int half = exponent >> 1;
        return p * powerOfTwo(half) * powerOfTwo(exponent - half);
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    /**
     * Computes x·sigmoid(gate) as x / (1 + exp(−gate)); with x = gate this is SiLU.
     *
     * @param x the factor
     * @param gate the argument of the sigmoid
     * @return the product
     */
    public static float timesSigmoid(float x, float gate) {
        return x / (1f + exp(-gate));
    }
}
