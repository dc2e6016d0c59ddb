/** Weights as the upper halves of IEEE singles. */
@NullMarked
package dev.nemotron.format.bf16;

import org.jspecify.annotations.NullMarked;
