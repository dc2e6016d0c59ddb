/** Drawing tokens from logits, and noticing where an answer ends. */
@NullMarked
package dev.nemotron.sampling;

import org.jspecify.annotations.NullMarked;
