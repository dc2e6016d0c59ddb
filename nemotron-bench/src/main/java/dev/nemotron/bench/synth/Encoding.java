package dev.nemotron.bench.synth;

import org.jspecify.annotations.Nullable;

/** How one matrix is stored (quantisation specification 1.2). */
enum Encoding {
    BF16(null),
    F32(null),
    FP8("FP8"),
    NVFP4("NVFP4"),
    /** NVFP4 without a scale for the input. */
    W4A16_NVFP4("W4A16_NVFP4");

    private final @Nullable String algorithm;

    Encoding(@Nullable String algorithm) {
        this.algorithm = algorithm;
    }

    /** The name in the metadata of the quantisation; null where the matrix is not quantised. */
    @Nullable
    String algorithm() {
        return algorithm;
    }
}
