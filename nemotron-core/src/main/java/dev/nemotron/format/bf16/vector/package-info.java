/** The SIMD decoder of BF16. */
@NullMarked
package dev.nemotron.format.bf16.vector;

import org.jspecify.annotations.NullMarked;
