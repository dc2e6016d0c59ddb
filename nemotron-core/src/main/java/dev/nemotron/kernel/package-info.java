/**
 * The arithmetic of the CPU, on one thread each: an interface with two implementations, plain and SIMD.
 *
 * <p>Dimension letters, used here and in the layers: T tokens (rows) of a step, D model width, H query heads, K
 * key/value heads, P head width, F feed-forward width, E experts, k chosen experts, G groups of the state-space layer, N
 * state size, V vocabulary, L latent width. All activations are FP32, row-major, off-heap; offsets and strides count
 * floats, not bytes.
 */
@NullMarked
package dev.nemotron.kernel;

import org.jspecify.annotations.NullMarked;
