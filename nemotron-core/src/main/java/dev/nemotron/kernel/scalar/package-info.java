/**
 * The plain kernels: the reference that stays, and what runs where the SIMD module is absent. Loops read like the formulas
 * of the architecture specification; sums are held in FP64, so that one rounding is all that separates them from the
 * formula.
 */
@NullMarked
package dev.nemotron.kernel.scalar;

import org.jspecify.annotations.NullMarked;
