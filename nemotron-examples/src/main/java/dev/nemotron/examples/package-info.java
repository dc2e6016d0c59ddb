/** Small programs to copy from, one subject each. */
@NullMarked
package dev.nemotron.examples;

import org.jspecify.annotations.NullMarked;
