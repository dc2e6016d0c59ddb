package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nemotron.ModelOptions;
import dev.nemotron.arch.Work;
import dev.nemotron.bench.Result.StateBytes;
import dev.nemotron.bench.synth.Format;
import dev.nemotron.bench.synth.Shape;
import dev.nemotron.bench.synth.Synth;
import dev.nemotron.engine.LoadedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {

    /** 100 bytes of dense weights, 20 of head, 80 of experts, of which 2 of 8 are chosen. */
    private static final Work WORK = new Work(100, 20, 1, 80, 50, 10, 160, 8, 2, 3, 4);

    @Test
    void readsExpertsOnceHoweverManyTokensChooseThem() {
        assertThat(WORK.weightBytes(1, 1)).isEqualTo(100 + 20 + 1 + 20, within(1e-9));
        assertThat(WORK.weightBytes(2, 0)).isEqualTo(100 + 2 + 80 * (1 - 0.75 * 0.75), within(1e-9));
        assertThat(WORK.weightBytes(1000, 0)).isEqualTo(100 + 1000 + 80, within(1e-9));
    }

    @Test
    void countsTheArithmeticOfAPromptTokenByToken() {
        assertThat(WORK.flops(1, 10, 1)).isEqualTo(2 * (50 + 40) + 3 + 4 * 11 + 2 * 10, within(1e-9));
        assertThat(WORK.flops(2, 0, 0)).isEqualTo(WORK.flops(1, 0, 0) + WORK.flops(1, 1, 0), within(1e-9));
    }

    @Test
    void isBoundByTheSlowerOfMemoryAndArithmetic() {
        StateBytes state = new StateBytes(5, 0);
        MachineLimits slowMemory = new MachineLimits(1, 151, 1e12);
        MachineLimits slowCore = new MachineLimits(1, 1e12, 2 * 90 + 3 + 4 + 20);

        assertThat(Result.decodeLimit(slowMemory, WORK, state, 1, 0)).isEqualTo(1, within(1e-9));
        assertThat(Result.decodeLimit(slowCore, WORK, state, 1, 0)).isEqualTo(1, within(1e-9));
    }

    @Test
    void addsUpToAllWeightsOfAFolderButTheDraftHead(@TempDir Path parent) throws IOException {
        Path folder = parent.resolve("model");
        Synth.write(Shape.TINY, Format.BF16, folder, (bytes, total) -> {});

        try (LoadedModel model = LoadedModel.load(folder, ModelOptions.DEFAULT)) {
            Work work = model.work();
            long draftWeights = 2 * 128 * 128
                    + 2 * 1024 * 128
                    + 2 * 256 * 128
                    + 16 * 128
                    + 2 * 16 * 64 * 64
                    + 2 * 128 * 128
                    + 2 * 64 * 128
                    + 5 * 128;
            assertThat(work.denseBytes() + work.headBytes() + work.expertBytes() + 2048 * work.embeddingRowBytes())
                    .isEqualTo(model.plan().weights() - 2 * draftWeights - 4 * 16);
            assertThat(work.embeddingRowBytes()).isEqualTo(2 * 128);
            assertThat(work.expertWeights()).isEqualTo(2 * 2 * 16 * 64 * 64);
        }
    }
}
