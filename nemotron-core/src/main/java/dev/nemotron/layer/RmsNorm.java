package dev.nemotron.layer;

import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;

/**
 * Root-mean-square norm (architecture specification 2.2).
 *
 * @param weight [D]; multiplies as it is, without "+ 1"
 * @param epsilon added to the mean of squares
 */
public record RmsNorm(Buffer weight, float epsilon) {

    /**
     * Applies the norm.
     *
     * @param backend where to compute
     * @param x [T][D]
     * @param rows T
     * @param out [T][D]
     */
    public void forward(Backend backend, Buffer x, int rows, Buffer out) {
        backend.rmsNorm(x, weight, epsilon, rows, out);
    }
}
