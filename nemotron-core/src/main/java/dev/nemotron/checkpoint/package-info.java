/** Model folders as published: safetensors files, their index, and the JSON files beside them. */
@NullMarked
package dev.nemotron.checkpoint;

import org.jspecify.annotations.NullMarked;
