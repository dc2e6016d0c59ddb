package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final AtomicInteger left = new AtomicInteger();
    private final Interrupts interrupts = new Interrupts(left::incrementAndGet);
    private final AtomicInteger stopped = new AtomicInteger();

    @Test
    void theFirstInterruptStopsTheAnswerAndTheSecondLeaves() {
        interrupts.watch(stopped::incrementAndGet);
        interrupts.interrupt();
        assertThat(stopped).hasValue(1);
        assertThat(left).hasValue(0);
        interrupts.interrupt();
        assertThat(left).hasValue(1);
    }

    @Test
    void anInterruptBetweenAnswersLeaves() {
        interrupts.watch(stopped::incrementAndGet);
        interrupts.unwatch();
        interrupts.interrupt();
        assertThat(stopped).hasValue(0);
        assertThat(left).hasValue(1);
    }
}
