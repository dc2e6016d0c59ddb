/** What a model remembers of a sequence. */
@NullMarked
package dev.nemotron.state;

import org.jspecify.annotations.NullMarked;
