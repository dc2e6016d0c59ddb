/** Java types as JSON Schema and JSON as Java values: for structured answers and for tools that are Java methods. */
@NullMarked
package dev.nemotron.schema;

import org.jspecify.annotations.NullMarked;
