/** The SIMD decoder of NVFP4. */
@NullMarked
package dev.nemotron.format.nvfp4.vector;

import org.jspecify.annotations.NullMarked;
