package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import dev.nemotron.ModelOptions;
import dev.nemotron.Sampling;
import dev.nemotron.TestData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final Path FOLDER = TestData.folder("checkpoints/moe");

    @Test
    void theWarmUpEndsByItselfOrAtItsLimit() {
        try (LoadedModel model = LoadedModel.load(FOLDER, ModelOptions.DEFAULT)) {
            long begin = System.nanoTime();
            double speed = model.measure(probe -> new WarmUp(probe, 4).run(Duration.ofSeconds(60)));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
            assertThat(speed).isPositive();

            long again = System.nanoTime();
            model.measure(probe -> new WarmUp(probe, 1).run(Duration.ofMillis(20)));
            assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aWarmModelAnswersAsAColdOne() {
        GenerationRequest request = GenerationRequest.tokens(List.of(5, 6, 7))
                .sampling(Sampling.GREEDY)
                .ignoreEndTokens(true)
                .maxTokens(20)
                .build();
        try (Model cold = Model.load(FOLDER);
                Model warm = Model.load(
                        FOLDER,
                        ModelOptions.builder().warmUp(Duration.ofMillis(300)).build())) {
            assertThat(warm.generate(request).ids())
                    .isEqualTo(cold.generate(request).ids());
        }
    }

    @Test
    void aNegativeOrEndlessLimitIsRefused() {
        assertThat(ModelOptions.builder().warmUp(true).build().warmUp()).isEqualTo(ModelOptions.WARM_UP_LIMIT);
        assertThat(ModelOptions.DEFAULT.warmUp()).isZero();
        assertThatThrownBy(() ->
                        ModelOptions.builder().warmUp(Duration.ofSeconds(-1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warmUp must be from PT0S to PT1H");
    }
}
