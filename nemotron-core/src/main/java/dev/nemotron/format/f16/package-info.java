/** Weights as IEEE halves. */
@NullMarked
package dev.nemotron.format.f16;

import org.jspecify.annotations.NullMarked;
