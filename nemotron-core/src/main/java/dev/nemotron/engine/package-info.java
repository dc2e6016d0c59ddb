/** Prefill and decode: puts the sequences of all callers into one step after another. */
@NullMarked
package dev.nemotron.engine;

import org.jspecify.annotations.NullMarked;
