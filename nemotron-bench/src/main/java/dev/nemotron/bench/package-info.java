/** The commands {@code bench} and {@code synth}. */
@NullMarked
package dev.nemotron.bench;

import org.jspecify.annotations.NullMarked;
