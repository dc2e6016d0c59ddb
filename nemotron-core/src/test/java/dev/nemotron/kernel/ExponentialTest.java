package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.kernel.scalar.Exponential;
import org.junit.jupiter.api.Test;

class ExponentialTest {

    @Test
    void theRelativeErrorIsBelowTwoTenMillionths() {
        double worst = 0;
        for (int i = -87_000; i <= 88_700; i++) {
            float x = i / 1000f + 1e-5f * (i % 7);
            double exact = Math.exp(x);
            worst = Math.max(worst, Math.abs(Exponential.exp(x) - exact) / exact);
        }
        assertThat(worst).isLessThan(2e-7);
    }

    @Test
    void smallResultsFadeThroughTheSubnormalsToZero() {
        for (float x = -87f; x > -103f; x -= 0.37f) {
            assertThat((double) Exponential.exp(x))
                    .isCloseTo(Math.exp(x), within(1.5 * Float.MIN_VALUE + 2e-7 * Math.exp(x)));
        }
        assertThat(Exponential.exp(-104f)).isZero();
        assertThat(Exponential.exp(Float.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void greatResultsOverflowToInfinity() {
        assertThat(Exponential.exp(88.72f)).isFinite();
        assertThat(Exponential.exp(88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Exponential.exp(1e30f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Exponential.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void zeroGivesOneAndNanStays() {
        assertThat(Exponential.exp(0f)).isEqualTo(1f);
        assertThat(Exponential.exp(-0f)).isEqualTo(1f);
        assertThat(Exponential.exp(Float.NaN)).isNaN();
    }

    @Test
    void siluVanishesFarBelowZeroAndIsTheIdentityFarAbove() {
        assertThat(Exponential.timesSigmoid(-1e30f, -1e30f)).isEqualTo(-0f);
        assertThat(Exponential.timesSigmoid(1e30f, 1e30f)).isEqualTo(1e30f);
        assertThat(Exponential.timesSigmoid(Float.NaN, Float.NaN)).isNaN();
    }
}
