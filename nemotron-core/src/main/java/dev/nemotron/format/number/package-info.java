/** Number formats of a few bits, as tables. */
@NullMarked
package dev.nemotron.format.number;

import org.jspecify.annotations.NullMarked;
