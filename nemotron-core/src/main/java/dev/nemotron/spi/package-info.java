/** The seams of the engine: weight formats and backends. */
@NullMarked
package dev.nemotron.spi;

import org.jspecify.annotations.NullMarked;
