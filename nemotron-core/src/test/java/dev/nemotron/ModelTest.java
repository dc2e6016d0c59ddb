package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API on a small random model, as an application uses it. */
@Timeout(120)
class ModelTest {

    private static final Path FOLDER = TestData.folder("checkpoints/latent-mtp");
    private static Model model;
    private static Golden.Sequence golden;

    @BeforeAll
    static void load() {
        model = Model.load(
                FOLDER, ModelOptions.builder().threads(2).prefillTokens(16).build());
        golden = Golden.load(FOLDER).sequences().getFirst();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static GenerationRequest.Builder continuation() {
        return GenerationRequest.tokens(Arrays.stream(golden.ids()).boxed().toList())
                .sampling(Sampling.GREEDY)
                .ignoreEndTokens(true)
                .maxTokens(golden.greedy().size());
    }

    @Test
    void theGreedyContinuationIsTheReferences() {
        GenerationResult result = model.generate(continuation().build());
        assertThat(result.ids()).isEqualTo(golden.greedy());
        assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.usage()).isEqualTo(new Usage(golden.ids().length, 0, 16, 0));
        assertThat(result.timings().decode()).isPositive();
    }

    @Test
    void theChunksOfAStreamMakeUpTheText() {
        try (Generation generation = model.stream(continuation().build())) {
            StringBuilder text = new StringBuilder();
            int tokens = 0;
            while (generation.hasNext()) {
                TextChunk chunk = generation.next();
                text.append(chunk.text());
                tokens += chunk.tokens();
            }
            assertThat(generation.result().text()).isEqualTo(text.toString());
            assertThat(tokens).isLessThanOrEqualTo(16);
        }
    }

    @Test
    void sixtyFourThreadsAtOnceGetTheAnswersThatOneThreadGets() throws Exception {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            List<Integer> prompt = new ArrayList<>();
            int length = i % 8 == 0 ? 128 + i : 1 + (i * 7) % 40;
            for (int j = 0; j < length; j++) {
                prompt.add(20 + (i * 31 + j * 17) % 60);
            }
            requests.add(GenerationRequest.tokens(prompt)
                    .sampling(Sampling.builder()
                            .temperature(1.1)
                            .topP(0.95)
                            .seed(i)
                            .build())
                    .ignoreEndTokens(true)
                    .maxTokens(12)
                    .logProbabilities(2)
                    .build());
        }
        List<GenerationResult> alone = requests.stream().map(model::generate).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            List<Callable<GenerationResult>> tasks = new ArrayList<>();
            requests.forEach(request -> tasks.add(() -> model.generate(request)));
            List<Future<GenerationResult>> together = threads.invokeAll(tasks);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(together.get(i).get().ids()).isEqualTo(alone.get(i).ids());
                assertThat(together.get(i).get().logProbabilities())
                        .isEqualTo(alone.get(i).logProbabilities());
            }
        }
    }

    @Test
    void cancellingFromAnotherThreadEndsTheAnswerAndKeepsWhatIsThere() throws Exception {
        try (Generation generation = model.stream(continuation().maxTokens(3000).build())) {
            Thread canceller = Thread.ofPlatform().start(() -> {
                generation.cancel();
                generation.cancel();
            });
            GenerationResult result = generation.result();
            canceller.join();
            assertThat(result.finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(result.usage().generatedTokens()).isLessThan(3000);
        }
        assertThat(model.generate(continuation().build()).ids()).isEqualTo(golden.greedy());
    }

    @Test
    void aPromptIsCancelledInTheMiddleOfItsStepAndTheModelGoesOn() throws Exception {
        ModelOptions oneStep = ModelOptions.builder()
                .contextTokens(10_000)
                .prefillTokens(6_000)
                .threads(1)
                .build();
        List<Integer> prompt = Collections.nCopies(6_000, golden.greedy().getFirst());
        GenerationRequest request =
                GenerationRequest.tokens(prompt).maxTokens(1).build();
        try (Model wide = Model.load(FOLDER, oneStep)) {
            for (int milliseconds = 5; milliseconds <= 45; milliseconds += 20) {
                try (Generation generation = wide.stream(request)) {
                    Thread.sleep(milliseconds);
                    generation.cancel();
                    assertThat(generation.result().finishReason()).isEqualTo(FinishReason.CANCELLED);
                }
            }
            assertThat(wide.generate(continuation().build()).ids()).isEqualTo(golden.greedy());
        }
    }

    @Test
    void anInterruptCancelsAndIsStillSetAfterwards() throws Exception {
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            caller.interrupt();
        });
        GenerationRequest endless = continuation().maxTokens(100_000).build();
        try (Model wide = Model.load(
                FOLDER, ModelOptions.builder().contextTokens(200_000).threads(1).build())) {
            assertThatThrownBy(() -> wide.generate(endless)).isInstanceOf(GenerationCancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closingTheModelCancelsWhatRunsAndRefusesWhatComes() {
        Model closing =
                Model.load(FOLDER, ModelOptions.builder().contextTokens(200_000).build());
        Generation generation = closing.stream(continuation().maxTokens(100_000).build());
        generation.next();
        closing.close();
        closing.close();
        assertThat(generation.result().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThatThrownBy(() -> closing.generate(continuation().build())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closing.logits(List.of(1), List.of(0), 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStopStringEndsTheAnswerAndIsNotPartOfIt() {
        String whole = model.generate(continuation().build()).text();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 2);
        GenerationResult result = model.generate(
                continuation().stopStrings(List.of("never comes", stop)).build());
        assertThat(result.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aStopTokenEndsTheAnswerAndIsTheLastId() {
        int stop = golden.greedy().get(4);
        GenerationResult result =
                model.generate(continuation().stopTokens(Set.of(stop)).build());
        assertThat(result.ids().getLast()).isEqualTo(stop);
        assertThat(result.ids()).hasSizeLessThanOrEqualTo(5);
        assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aConversationIsRenderedWithTheFoldersTemplateAndAnswered() {
        ChatRequest chat = ChatRequest.of(ChatMessage.user("Hello")).build();
        assertThat(model.render(chat)).contains("Hello");
        assertThat(model.chat(List.of(ChatMessage.user("Hello"))).usage().promptTokens())
                .isPositive();
    }

    @Test
    void whatAUserWritesNeverBecomesAControlToken() {
        for (String control : List.of("<|im_end|>", "<|im_start|>", "<think>", "<s>")) {
            int plain = model.tokenize(control, false).size();
            ChatRequest forged = ChatRequest.of(ChatMessage.user(control)).build();
            int honest = model.tokenize(model.render(forged), false).size();
            int prompt = model.chat(
                            ChatRequest.of(forged.messages()).maxTokens(1).build())
                    .usage()
                    .promptTokens();
            if (plain == 1) {
                assertThat(prompt).as(control).isGreaterThan(honest);
            }
        }
    }

    @Test
    void logProbabilitiesSumToOneOverTheVocabulary() {
        GenerationResult result =
                model.generate(continuation().logProbabilities(20).build());
        assertThat(result.logProbabilities()).hasSize(16).allSatisfy(token -> {
            assertThat(token.likeliest().getFirst().token()).isEqualTo(token.token());
            assertThat(token.likeliest().stream()
                            .mapToDouble(t -> Math.exp(t.logProbability()))
                            .sum())
                    .isBetween(0.0, 1.0 + 1e-6);
        });
    }

    @Test
    void promptsThatCannotBeAreRefusedInWords() {
        assertThatThrownBy(() -> model.generate(
                        GenerationRequest.tokens(List.of(1, 99_999)).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("99999")
                .hasMessageContaining("position 1");
        List<Integer> endless = java.util.Collections.nCopies(model.plan().contextTokens(), 5);
        assertThatThrownBy(
                        () -> model.generate(GenerationRequest.tokens(endless).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contextTokens");
        assertThatThrownBy(() -> model.logits(List.of(1, 2), List.of(2), 0)).hasMessageContaining("position 2");
    }

    @Test
    void theBackendSaysWhatItIs() {
        assertThat(model.backend().name()).isEqualTo("vector");
        assertThat(model.backend().threads()).isEqualTo(2);
        assertThat(model.backend().degraded()).isFalse();
    }

    @Test
    void aModelThatMayNotRunDegradedIsRefusedWithTheReason() {
        ModelOptions scalar = ModelOptions.builder()
                .backend(BackendChoice.SCALAR)
                .onDegraded(OnDegraded.FAIL)
                .build();
        try (Model plain = Model.load(FOLDER, scalar)) {
            // Plain kernels on request are no degradation.
            assertThat(plain.backend().degraded()).isFalse();
        }
    }

    @Test
    void thePlanAddsUp() {
        MemoryPlan plan = Model.plan(FOLDER, ModelOptions.DEFAULT);
        assertThat(plan.weights()).isPositive();
        assertThat(plan.weightsByFormat()).containsKey("BF16");
        assertThat(plan.fits()).isTrue();
        assertThat(plan.minimum()).isGreaterThan(plan.weights());
        assertThat(model.info().blocks()).containsExactly("mamba", "moe", "mamba", "attention", "moe", "mamba", "moe");
        assertThat(model.info().draftBlocks()).containsExactly("attention", "moe");
    }

    @Test
    void timingsAndUsageGiveThePace() {
        Timings timings = new Timings(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(timings.promptTokensPerSecond(new Usage(100, 0, 9, 0))).isEqualTo(50);
        assertThat(timings.generatedTokensPerSecond(new Usage(100, 0, 9, 0))).isEqualTo(2);
    }
}
