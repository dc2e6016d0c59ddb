/** The text of an answer, as it streams, told apart into reasoning, content and tool calls. */
@NullMarked
package dev.nemotron.output;

import org.jspecify.annotations.NullMarked;
