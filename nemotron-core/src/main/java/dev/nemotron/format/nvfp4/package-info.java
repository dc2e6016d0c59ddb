/** Weights as E2M1 in blocks of 16 with E4M3 scales and one factor for the matrix. */
@NullMarked
package dev.nemotron.format.nvfp4;

import org.jspecify.annotations.NullMarked;
