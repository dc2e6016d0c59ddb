/** JSON of foreign files as plain Java values, with limits. */
@NullMarked
package dev.nemotron.json;

import org.jspecify.annotations.NullMarked;
