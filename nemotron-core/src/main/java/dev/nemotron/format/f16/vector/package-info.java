/** The SIMD decoder of IEEE halves. */
@NullMarked
package dev.nemotron.format.f16.vector;

import org.jspecify.annotations.NullMarked;
