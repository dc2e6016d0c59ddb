package dev.nemotron.bench.kernel;

import dev.nemotron.BackendReport;
import dev.nemotron.backend.cpu.CpuBackend;
import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.Routing;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The choice of experts, 22 of 512 as in Nemotron-3-Super, from scores that are there. */
@State(Scope.Thread)
public class RoutingBenchmark extends KernelBenchmark {

    private static final RouterRule RULE = new RouterRule(512, 22, 1, 1, true, 5);

    /** Tokens at once. */
    @Param({"1", "64"})
    public int tokens;

    private Backend backend;
    private Routing routing;
    private Buffer logits;
    private Buffer bias;

    /** Draws the scores. */
    @Setup
    public void make() {
        Kernels kernels = KernelSelection.auto().kernels();
        BackendReport report = new BackendReport(kernels.name(), kernels.widthBits(), 1, false, "");
        backend = new CpuBackend(kernels, report, KvPages.Type.BF16);
        routing = backend.routing();
        logits = backend.parameter(gaussian(tokens * RULE.experts()));
        bias = backend.parameter(new float[RULE.experts()]);
    }

    private static float[] gaussian(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        backend.close();
    }

    /** Sigmoid, the best, and their shares. */
    @Benchmark
    public void route(Amount amount) {
        backend.route(RULE, logits, bias, tokens, routing);
        amount.add((double) tokens * RULE.experts() * Float.BYTES, 0);
    }
}
