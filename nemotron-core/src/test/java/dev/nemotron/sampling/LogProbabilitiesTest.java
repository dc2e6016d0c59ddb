package dev.nemotron.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LogProbabilitiesTest {

    @Property(tries = 300)
    void allOfThemTogetherAreOneAndTheTopIsSorted(
            @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -50, max = 50) Float> values,
            @ForAll @IntRange(min = 0, max = 20) int top) {
        float[] logits = new float[values.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = values.get(i);
        }
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            sum += Math.exp(LogProbabilities.of(logits, token, 0).chosen().logProbability());
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        LogProbabilities found = LogProbabilities.of(logits, 0, top);
        double[] ranks = new double[logits.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = logits[i];
        }
        assertThat(found.top().stream().map(LogProbabilities.Entry::token))
                .containsExactlyElementsOf(SamplingReference.order(ranks).subList(0, Math.min(top, logits.length)));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        LogProbabilities found = LogProbabilities.of(new float[] {3e38f, -3e38f}, 1, 2);
        assertThat(found.top().getFirst()).isEqualTo(new LogProbabilities.Entry(0, 0));
        assertThat(found.chosen().logProbability()).isLessThan(-1e38);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> LogProbabilities.of(new float[2], 2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogProbabilities.of(new float[2], 0, 21)).isInstanceOf(IllegalArgumentException.class);
    }
}
