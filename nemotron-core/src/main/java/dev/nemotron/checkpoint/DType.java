package dev.nemotron.checkpoint;

/** The element types of safetensors files. Packed FP4 appears as {@link #U8} in files of NVIDIA's tools. */
public enum DType {
    /** One byte, 0 or 1. */
    BOOL(8),
    /** E2M1, two to a byte. */
    F4(4),
    /** E2M3. */
    F6_E2M3(6),
    /** E3M2. */
    F6_E3M2(6),
    /** Unsigned byte. */
    U8(8),
    /** Signed byte. */
    I8(8),
    /** Float with 5 exponent and 2 mantissa bits. */
    F8_E5M2(8),
    /** Float with 4 exponent and 3 mantissa bits, no infinities. */
    F8_E4M3(8),
    /** A power of two. */
    F8_E8M0(8),
    /** E4M3 without negative zero. */
    F8_E4M3FNUZ(8),
    /** E5M2 without negative zero. */
    F8_E5M2FNUZ(8),
    /** Signed 16-bit integer. */
    I16(16),
    /** Unsigned 16-bit integer. */
    U16(16),
    /** IEEE half. */
    F16(16),
    /** The upper half of an IEEE single. */
    BF16(16),
    /** Signed 32-bit integer. */
    I32(32),
    /** Unsigned 32-bit integer. */
    U32(32),
    /** IEEE single. */
    F32(32),
    /** Two IEEE singles. */
    C64(64),
    /** IEEE double. */
    F64(64),
    /** Signed 64-bit integer. */
    I64(64),
    /** Unsigned 64-bit integer. */
    U64(64);

    private final int bits;

    DType(int bits) {
        this.bits = bits;
    }

    /**
     * The size of one element.
     *
     * @return the size in bits
     */
    public int bits() {
        return bits;
    }
}
