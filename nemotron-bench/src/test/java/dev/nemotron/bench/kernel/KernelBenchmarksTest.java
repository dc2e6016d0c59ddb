package dev.nemotron.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.bench.Limits;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class KernelBenchmarksTest {

    /** Small and short: it shows that all of them run, not how fast. */
    @Test
    void everyBenchmarkRunsAndHasALine() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(5))
                        .param("megabytes", "1")
                        .param("rows", "128")
                        .param("inputs", "2")
                        .param("length", "300")
                        .param("tokens", "3")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();

        String table = KernelBenchmarks.table(new Limits(1, 10, 100), results);

        for (Weights format : Weights.values()) {
            assertThat(table)
                    .contains("decode format=" + format, "prefill format=" + format, "longPrefill format=" + format);
        }
        assertThat(table)
                .contains("scan", "convolution", "groupNorm", "attention heads=32/2", "route", "embedding", "rmsNorm")
                .doesNotContain("NaN");
    }
}
