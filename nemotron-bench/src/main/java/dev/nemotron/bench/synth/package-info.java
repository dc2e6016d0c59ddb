/** Model folders in the shapes of published models, with random weights. */
@NullMarked
package dev.nemotron.bench.synth;

import org.jspecify.annotations.NullMarked;
