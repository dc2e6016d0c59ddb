package dev.nemotron.layer;

import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.Step;
import org.jspecify.annotations.Nullable;

/**
 * y = W·x + b.
 *
 * @param weight W, [out, in]
 * @param bias b, [out], or null where the checkpoint has none
 */
public record Linear(Matrix weight, @Nullable Buffer bias) {

    /**
     * The outputs.
     *
     * @return the rows of the weight
     */
    public int outputs() {
        return weight.rows();
    }

    /**
     * Applies the layer.
     *
     * @param backend where to compute
     * @param step T rows
     * @param x [T][in]
     * @param out [T][out]
     */
    public void forward(Backend backend, Step step, Buffer x, Buffer out) {
        backend.linear(weight, x, step, out);
        if (bias != null) {
            backend.addBias(bias, out, step.rows());
        }
    }
}
