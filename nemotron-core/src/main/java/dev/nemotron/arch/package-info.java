/** The architectures, one file each, and the list in which they are registered. */
@NullMarked
package dev.nemotron.arch;

import org.jspecify.annotations.NullMarked;
