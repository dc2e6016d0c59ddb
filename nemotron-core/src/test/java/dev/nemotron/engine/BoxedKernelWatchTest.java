package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoxedKernelWatchTest {

    private static final long MEGABYTE = 1 << 20;

    private final List<String> warnings = new ArrayList<>();
    private long bytes;
    private long nanos;
    private final BoxedKernelWatch watch = new BoxedKernelWatch(
            "generated tokens", () -> bytes, () -> nanos, (reason, cure) -> warnings.add(reason + " " + cure));

    @Test
    void stepsThatGoOnAllocatingForHalfAMinuteAreReportedOnceWithACure() {
        steps(29, 1, MEGABYTE);
        assertThat(warnings).isEmpty();
        steps(31, 1, MEGABYTE);

        assertThat(warnings)
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("after 30 steps for generated tokens", "1024 KB", "Starting Java again may help"));
    }

    @Test
    void kernelsThatAreStillBeingCompiledAreNoCliff() {
        for (int i = 0; i < 10; i++) {
            steps(25, 1, MEGABYTE);
            steps(1, 1, 0);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSingleLongStepProvesNothing() {
        steps(2, 20, MEGABYTE);
        assertThat(warnings).isEmpty();
        steps(1, 20, MEGABYTE);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void whatAGrowingSequenceAllocatesIsNoCliff() {
        steps(1000, 1, 100 << 10);
        assertThat(warnings).isEmpty();
    }

    private void steps(int count, int seconds, long allocated) {
        for (int i = 0; i < count; i++) {
            watch.begin();
            nanos += TimeUnit.SECONDS.toNanos(seconds);
            bytes += allocated;
            watch.end();
        }
    }
}
