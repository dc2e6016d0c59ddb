package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.BackendReport;
import dev.nemotron.Golden;
import dev.nemotron.Logits;
import dev.nemotron.TestData;
import dev.nemotron.arch.Architectures;
import dev.nemotron.arch.CausalModel;
import dev.nemotron.backend.cpu.CpuBackend;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.kernel.scalar.ScalarKernels;
import dev.nemotron.spi.Backend;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models against a float64 reference that shares no code with this engine. */
class GoldenLogitsTest {

    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> modelsAndKernels() {
        List<Kernels> kernels =
                List.of(new ScalarKernels(), KernelSelection.vector().kernels());
        return TestData.checkpoints().stream()
                .flatMap(folder -> kernels.stream()
                        .map(k -> Arguments.argumentSet(folder.getFileName() + " " + k.name(), folder, k)));
    }

    private interface Check {
        void run(CausalModel model, Backend backend);
    }

    private static void with(Path folder, Kernels kernels, int threads, Check check) {
        BackendReport report = new BackendReport(kernels.name(), kernels.widthBits(), threads, false, "test");
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                Backend backend = new CpuBackend(kernels, report, KvPages.Type.F32)) {
            check.run(Architectures.of(checkpoint.config()).load(checkpoint, backend), backend);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsAndKernels")
    void logitsAndDraftsEqualTheReference(Path folder, Kernels kernels) {
        with(folder, kernels, 2, (model, backend) -> {
            LogitsProbe probe = new LogitsProbe(model, backend, 4096);
            for (Golden.Sequence golden : Golden.load(folder).sequences()) {
                int drafts = golden.drafts().size();
                requireReference(golden, probe.compute(golden.ids(), golden.positions(), drafts, false));
                requireReference(golden, probe.compute(golden.ids(), golden.positions(), drafts, true));
            }
        });
    }

    private static void requireReference(Golden.Sequence golden, Logits found) {
        for (int i = 0; i < golden.positions().size(); i++) {
            assertThat(Golden.relativeError(
                            found.positions().get(i), golden.logits().get(i)))
                    .as(golden.name() + " position " + golden.positions().get(i))
                    .isLessThan(TOLERANCE);
        }
        for (int i = 0; i < golden.drafts().size(); i++) {
            assertThat(Golden.relativeError(
                            found.drafts().get(i), golden.drafts().get(i)))
                    .as(golden.name() + " draft " + i)
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("modelsAndKernels")
    void anySplitOfThePromptAndAnyNumberOfThreadsGiveTheSameBits(Path folder, Kernels kernels) {
        Golden.Sequence golden = Golden.load(folder).sequences().get(1);
        for (boolean isLong : new boolean[] {false, true}) {
            List<Logits> all = new ArrayList<>();
            for (int threads : new int[] {1, 3}) {
                for (int chunk : new int[] {4096, 1, 2, 17}) {
                    with(
                            folder,
                            kernels,
                            threads,
                            (model, backend) -> all.add(new LogitsProbe(model, backend, chunk)
                                    .compute(
                                            golden.ids(),
                                            golden.positions(),
                                            golden.drafts().size(),
                                            isLong)));
                }
            }
            for (Logits found : all) {
                assertThat(found.positions())
                        .usingRecursiveComparison()
                        .isEqualTo(all.getFirst().positions());
                assertThat(found.drafts())
                        .usingRecursiveComparison()
                        .isEqualTo(all.getFirst().drafts());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modelsAndKernels")
    void theGreedyContinuationIsTheReferences(Path folder, Kernels kernels) {
        with(folder, kernels, 2, (model, backend) -> {
            for (Golden.Sequence golden : Golden.load(folder).sequences()) {
                assertThat(greedy(model, backend, golden.ids(), golden.greedy().size()))
                        .as(golden.name())
                        .isEqualTo(golden.greedy());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("modelsAndKernels")
    void takingBackDraftedTokensLeavesTheStateAsIfTheyHadNeverBeen(Path folder, Kernels kernels) {
        with(folder, kernels, 2, (model, backend) -> {
            int[] ids = Golden.load(folder).sequences().getFirst().ids();
            for (int kept = 0; kept <= 4; kept++) {
                try (SequenceState plain = model.newState();
                        SequenceState drafted = model.newState()) {
                    run(model, plain, ids, 0, 5 + kept, false);
                    run(model, drafted, ids, 0, 5, false);
                    float[] verified = run(model, drafted, ids, 5, 9, true);
                    drafted.commit(kept);
                    assertThat(drafted.length()).isEqualTo(5 + kept);
                    try (SequenceState fork = drafted.fork()) {
                        float[] expected = run(model, backend, plain, ids, 5 + kept, 12);
                        assertThat(run(model, backend, drafted, ids, 5 + kept, 12))
                                .isEqualTo(expected);
                        assertThat(run(model, backend, fork, ids, 5 + kept, 12)).isEqualTo(expected);
                    }
                    assertThat(verified).isEmpty();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("modelsAndKernels")
    void aStepThatBecomesPointlessEndsBetweenTwoBlocksAndLeavesTheModelUsable(Path folder, Kernels kernels) {
        with(folder, kernels, 2, (model, backend) -> {
            int[] ids = Golden.load(folder).sequences().getFirst().ids();
            try (SequenceState before = model.newState();
                    SequenceState dropped = model.newState();
                    SequenceState after = model.newState()) {
                float[] expected = run(model, backend, before, ids, 0, 9);
                Batch batch = new Batch();
                batch.add(dropped, ids, 0, 9, false);
                AtomicInteger asked = new AtomicInteger();
                assertThat(model.forward(batch, () -> asked.incrementAndGet() == 2))
                        .isFalse();
                assertThat(asked).hasValue(2);
                assertThat(dropped.length()).isZero();
                assertThat(run(model, backend, after, ids, 0, 9)).isEqualTo(expected);
            }
        });
    }

    private static float[] run(
            CausalModel model, SequenceState state, int[] ids, int from, int to, boolean provisional) {
        Batch batch = new Batch();
        batch.add(state, ids, from, to, provisional);
        model.forward(batch);
        return new float[0];
    }

    private static float[] run(CausalModel model, Backend backend, SequenceState state, int[] ids, int from, int to) {
        Batch batch = new Batch();
        batch.add(state, ids, from, to, false);
        batch.want(to - from - 1);
        model.forward(batch);
        float[] logits = new float[model.vocabularySize()];
        backend.read(model.logits(0, 1), 0, logits);
        return logits;
    }

    private static List<Integer> greedy(CausalModel model, Backend backend, int[] prompt, int count) {
        List<Integer> tokens = new ArrayList<>();
        try (SequenceState state = model.newState()) {
            int[] next = prompt;
            while (tokens.size() < count) {
                float[] logits = run(model, backend, state, next, 0, next.length);
                int best = 0;
                for (int i = 1; i < logits.length; i++) {
                    best = logits[i] > logits[best] ? i : best;
                }
                tokens.add(best);
                next = new int[] {best};
            }
        }
        return tokens;
    }
}
