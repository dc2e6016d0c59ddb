package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.Generation;
import dev.nemotron.GenerationResult;
import dev.nemotron.TextChunk;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final AtomicInteger left = new AtomicInteger();
    private final Interrupts interrupts = new Interrupts(left::incrementAndGet);
    private final Endless answer = new Endless();

    @Test
    void theFirstInterruptStopsTheAnswerAndTheSecondLeaves() {
        interrupts.watch(answer);
        interrupts.interrupt();
        assertThat(answer.cancelled).isTrue();
        assertThat(left).hasValue(0);
        interrupts.interrupt();
        assertThat(left).hasValue(1);
    }

    @Test
    void anInterruptBetweenAnswersLeaves() {
        interrupts.watch(answer);
        interrupts.unwatch();
        interrupts.interrupt();
        assertThat(answer.cancelled).isFalse();
        assertThat(left).hasValue(1);
    }

    private static final class Endless implements Generation {
        private boolean cancelled;

        @Override
        public boolean hasNext() {
            return !cancelled;
        }

        @Override
        public TextChunk next() {
            return new TextChunk("on and ", 1);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public GenerationResult result() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
