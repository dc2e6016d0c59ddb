/** Weights as IEEE singles. */
@NullMarked
package dev.nemotron.format.f32;

import org.jspecify.annotations.NullMarked;
