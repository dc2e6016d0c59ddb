/** The CPU backend: splits every operation over a pool of threads; the arithmetic is in the kernels. */
@NullMarked
package dev.nemotron.backend.cpu;

import org.jspecify.annotations.NullMarked;
