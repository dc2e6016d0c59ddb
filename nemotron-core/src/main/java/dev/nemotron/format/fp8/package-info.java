/** Weights as E4M3 with a scale for the matrix, for each row, or for each block of 128 by 128. */
@NullMarked
package dev.nemotron.format.fp8;

import org.jspecify.annotations.NullMarked;
