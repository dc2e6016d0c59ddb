/**
 * The {@code nemotron} command: one class for each sub-command, option groups that they share, and the terminal they talk
 * to. Standard output carries results alone; everything else goes to standard error.
 */
@NullMarked
package dev.nemotron.cli;

import org.jspecify.annotations.NullMarked;
