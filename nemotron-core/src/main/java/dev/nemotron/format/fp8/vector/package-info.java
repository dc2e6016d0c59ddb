/** The SIMD decoders of FP8. */
@NullMarked
package dev.nemotron.format.fp8.vector;

import org.jspecify.annotations.NullMarked;
