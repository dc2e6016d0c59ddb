/** The API: load a model, generate text, chat. */
@NullMarked
package dev.nemotron;

import org.jspecify.annotations.NullMarked;
