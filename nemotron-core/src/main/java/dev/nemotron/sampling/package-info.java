/** From the logits of one position to a token: penalties, truncation, the draw, log-probabilities and stop strings. */
@NullMarked
package dev.nemotron.sampling;

import org.jspecify.annotations.NullMarked;
