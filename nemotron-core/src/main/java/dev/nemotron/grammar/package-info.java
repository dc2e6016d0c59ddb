/** Constrained decoding: which tokens can follow, so that the text keeps to a schema, an expression or a grammar. */
@NullMarked
package dev.nemotron.grammar;

import org.jspecify.annotations.NullMarked;
