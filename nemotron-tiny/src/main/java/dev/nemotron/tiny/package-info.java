/** A small trained model for unit tests and first tries. */
@NullMarked
package dev.nemotron.tiny;

import org.jspecify.annotations.NullMarked;
