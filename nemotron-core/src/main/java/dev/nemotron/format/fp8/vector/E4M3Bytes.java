package dev.nemotron.format.fp8.vector;

import dev.nemotron.format.number.E4M3;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * E4M3 as BF16, which holds all its numbers, in tables of bytes: 64 codes are looked up at a time, the upper bytes and the
 * lower ones, then paired. For machines with {@link dev.nemotron.kernel.vector.Lanes#BYTE_TABLES}.
 */
final class E4M3Bytes {

    /** Codes that are looked up together. */
    static final int TOGETHER = 64;

    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;

    /** The bits of a BF16 within an integer whose upper half it is. */
    static final int UPPER_HALF = 0xFFFF_0000;

    /** The upper bytes of the 128 magnitudes. */
    static final byte[] UPPER = new byte[2 * TOGETHER];

    /** The lower bytes of the 128 magnitudes. */
    static final byte[] LOWER = new byte[2 * TOGETHER];

    /** Selects, from lower and upper bytes, in each integer i of 16 code i as the lower half and code 16 + i as the upper. */
    static final byte[] FIRST_HALF = new byte[TOGETHER];

    /** The same with codes 32 + i and 48 + i. */
    static final byte[] SECOND_HALF = new byte[TOGETHER];

    static {
        for (int code = 0; code < UPPER.length; code++) {
            int bits = Float.floatToRawIntBits(E4M3.toFloat((byte) code));
            UPPER[code] = (byte) (bits >>> 24);
            LOWER[code] = (byte) (bits >>> 16);
        }
        for (int i = 0; i < TOGETHER; i++) {
            int code = i / Integer.BYTES + (i & 2) / 2 * 16;
            int from = (i & 1) * TOGETHER;
            FIRST_HALF[i] = (byte) (from + code);
            SECOND_HALF[i] = (byte) (from + 32 + code);
        }
    }

    private E4M3Bytes() {}
}
