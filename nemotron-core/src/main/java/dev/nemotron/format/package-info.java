/** The weight formats, one package each, and the list in which they are registered. */
@NullMarked
package dev.nemotron.format;

import org.jspecify.annotations.NullMarked;
