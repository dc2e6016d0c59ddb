/** The layers that architectures are composed of, each on the backend's coarse operations. Dimension letters: see {@link dev.nemotron.kernel}. */
@NullMarked
package dev.nemotron.layer;

import org.jspecify.annotations.NullMarked;
