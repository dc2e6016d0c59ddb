package dev.nemotron.bench.synth;

/** The E4M3 numbers, for writing them. */
final class E4M3Codes {

    /** The largest finite number. */
    static final double MAX = 448;

    /** The code of the largest finite number. */
    static final int LARGEST = 0x7e;

    private E4M3Codes() {}

    /** The number of a code without its sign bit. */
    static double value(int code) {
        int exponent = code >> 3;
        int mantissa = code & 7;
        return exponent == 0 ? mantissa * 0x1p-9 : Math.scalb(1 + mantissa / 8.0, exponent - 7);
    }

    /** The code of the nearest number. */
    static byte nearest(double value) {
        double magnitude = Math.min(Math.abs(value), MAX);
        int low = 0;
        int high = LARGEST;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (value(middle) <= magnitude) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int code = magnitude - value(low) <= value(high) - magnitude ? low : high;
        return (byte) (value < 0 ? code | 0x80 : code);
    }
}
