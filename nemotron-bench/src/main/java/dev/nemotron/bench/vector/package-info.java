/** The loops that find the limits of the machine. */
@NullMarked
package dev.nemotron.bench.vector;

import org.jspecify.annotations.NullMarked;
