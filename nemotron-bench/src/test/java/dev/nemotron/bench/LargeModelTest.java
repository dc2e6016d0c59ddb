package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.MemoryPlan;
import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.bench.synth.Format;
import dev.nemotron.bench.synth.Shape;
import dev.nemotron.bench.synth.Synth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A folder in the shape of Nano 30B-A3B in NVFP4, 19 GB: written, planned, loaded and run in a JVM whose heap is forty times
 * smaller. The folder is kept between runs; the property {@code nemotron.large} names another place for it.
 */
@Tag("slow")
class LargeModelTest {

    private static final long WEIGHTS = 19_339_781_632L;

    @Test
    @Timeout(3600)
    void runsFromASmallHeapWithoutCopyingTheWeights() throws IOException {
        Path folder = Path.of(System.getProperty("nemotron.large", "target/nano-30b-a3b-nvfp4"));
        if (!Files.exists(folder)) {
            Synth.write(Shape.NANO_30B_A3B, Format.NVFP4, folder, (bytes, total) -> {});
        }

        MemoryPlan plan = Model.plan(folder, ModelOptions.DEFAULT);
        ColdStart start = ColdStart.measure(folder, 2, 4, List.of("-Xmx512m"));

        assertThat(plan.weights()).isEqualTo(WEIGHTS);
        assertThat(start.loaded()).isLessThan(Duration.ofSeconds(20));
        assertThat(start.heapBytes()).isLessThan(WEIGHTS / 40);
    }
}
