package dev.nemotron.bench.synth;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** What goes into a tensor: such numbers that activations neither vanish nor explode, whatever the depth. */
sealed interface Values {

    /** The root mean square of E2M1 codes that are all equally likely. */
    double E2M1_RMS = Math.sqrt((0 + 0.25 + 1 + 2.25 + 4 + 9 + 16 + 36) / 8);

    /**
     * A large tensor, filled from a pool.
     *
     * @param pool which one
     */
    record Pooled(Pool.Kind pool) implements Values {}

    /**
     * A small tensor, element by element.
     *
     * @param draw makes a number from randomness
     */
    record Each(ToDoubleFunction<RandomGenerator> draw) implements Values {}

    /** Normally distributed, BF16 or F32, with a standard deviation of 1 / √fanIn so that unit inputs give unit outputs. */
    static Values normal(boolean bf16, long fanIn) {
        double deviation = 1 / Math.sqrt((double) fanIn);
        return new Pooled(bf16 ? new Pool.Bf16(deviation) : new Pool.F32(deviation));
    }

    static Values constant(double value) {
        return new Each(random -> value);
    }

    static Values uniform(double low, double high) {
        return new Each(random -> random.nextDouble(low, high));
    }

    /** The logarithm of the decay A, uniform from 1 to 16 as models of this kind begin their training. */
    static Values logDecay() {
        return new Each(random -> Math.log(random.nextDouble(1, 16)));
    }

    /** What softplus turns into time steps of 0.001 to 0.1, uniform in their logarithm. */
    static Values timeStepBias() {
        return new Each(random -> {
            double step = Math.exp(random.nextDouble(Math.log(0.001), Math.log(0.1)));
            return Math.log(Math.expm1(step));
        });
    }
}
