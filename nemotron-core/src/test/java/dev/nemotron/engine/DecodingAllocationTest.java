package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nemotron.BackendChoice;
import dev.nemotron.ModelOptions;
import dev.nemotron.TestData;
import dev.nemotron.engine.SpeedProbe.Context;
import dev.nemotron.engine.SpeedProbe.Decoding;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Garbage of a step would be collected in the application's time; boxed vectors would be the end of all speed. */
class DecodingAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 100;
    private static final long WARM_UP_NANOS = 120_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "dense-hybrid, 1, AUTO",
        "moe, 1, AUTO",
        "latent-mtp, 5, AUTO",
        "grouped-routing, 2, AUTO",
        "nvfp4-w4a4, 1, AUTO",
        "fp8-channel, 1, AUTO",
        "moe, 1, SCALAR",
        "nvfp4-w4a4, 5, SCALAR"
    })
    void aWarmStepAllocatesNothing(String checkpoint, int sequences, BackendChoice backend) {
        ModelOptions options =
                ModelOptions.builder().backend(backend).threads(2).build();
        try (LoadedModel model = LoadedModel.load(TestData.folder("checkpoints/" + checkpoint), options)) {
            long[] threads = engineThreads();
            long allocated = model.measure(probe -> {
                try (Context start = probe.begin()) {
                    probe.prefill(start, 5);
                    long deadline = System.nanoTime() + WARM_UP_NANOS;
                    long bytes;
                    do {
                        bytes = allocatedBySteps(probe, start, sequences, threads);
                    } while (bytes > 0 && System.nanoTime() < deadline);
                    return bytes;
                }
            });
            assertThat(allocated).isZero();
        }
    }

    /** Steps within one page of keys and values, since a state that grows takes memory for the next one. */
    private static long allocatedBySteps(SpeedProbe probe, Context start, int sequences, long[] threads) {
        try (Decoding decoding = probe.decode(start, sequences)) {
            decoding.step();
            long before = allocatedBytes(threads);
            for (int step = 0; step < STEPS; step++) {
                decoding.step();
            }
            return allocatedBytes(threads) - before;
        }
    }

    private static long[] engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nemotron-"))
                .mapToLong(Thread::threadId)
                .toArray();
    }

    private static long allocatedBytes(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }
}
