package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.FinishReason;
import dev.nemotron.GenerationRequest;
import dev.nemotron.GenerationResult;
import dev.nemotron.Model;
import dev.nemotron.Sampling;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the model can do, on prompts that it has not seen: {@code floors.properties} says how many answers in a hundred must be
 * right for each task.
 */
class DemonstrationTest {

    private static final int MOST_TOKENS = 160;
    private static final int AT_ONCE = 32;
    private static final String END_OF_REASONING = "</think>";
    private static final String SAME_TOKENS = "same_tokens";

    private static final Map<String, Score> SCORES = new TreeMap<>();

    private record Answer(boolean right, boolean same) {}

    private record Score(int right, int all) {
        Score plus(boolean one) {
            return new Score(right + (one ? 1 : 0), all + 1);
        }

        double percent() {
            return 100.0 * right / all;
        }
    }

    @BeforeAll
    static void answerAllPrompts() throws IOException, InterruptedException, ExecutionException {
        List<HeldOut> prompts = HeldOut.all();
        try (Model model = Model.load(TinyModel.path());
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Answer>> answers = new ArrayList<>();
            prompts.forEach(prompt -> answers.add(callers.submit(() -> answer(model, prompt))));
            for (int i = 0; i < prompts.size(); i++) {
                Answer answer = answers.get(i).get();
                count(prompts.get(i).cell(), answer.right());
                count(SAME_TOKENS, answer.same());
            }
        }
        SCORES.forEach((cell, score) -> System.out.printf(
                Locale.ROOT, "%-24s %3d of %3d  %5.1f %%%n", cell, score.right(), score.all(), score.percent()));
    }

    private static void count(String cell, boolean one) {
        SCORES.put(cell, SCORES.getOrDefault(cell, new Score(0, 0)).plus(one));
    }

    private static Answer answer(Model model, HeldOut prompt) {
        GenerationResult result = model.generate(GenerationRequest.tokens(prompt.prompt())
                .sampling(Sampling.GREEDY)
                .maxTokens(MOST_TOKENS)
                .build());
        String text = model.detokenize(result.ids(), false);
        int reasoned = text.lastIndexOf(END_OF_REASONING);
        String answer = text.substring(reasoned < 0 ? 0 : reasoned + END_OF_REASONING.length())
                .replace("<|im_end|>", "")
                .strip();
        boolean right = result.finishReason() == FinishReason.STOP && answer.equals(prompt.expected());
        return new Answer(right, result.ids().equals(prompt.reference()));
    }

    private static Map<String, Double> floors() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = DemonstrationTest.class.getResourceAsStream("/floors.properties")) {
            properties.load(Objects.requireNonNull(in));
        }
        Map<String, Double> floors = new TreeMap<>();
        properties.forEach((cell, floor) -> floors.put((String) cell, Double.valueOf((String) floor)));
        return floors;
    }

    @Test
    void everyTaskHasAFloorAndEveryFloorATask() throws IOException {
        assertThat(SCORES.keySet()).isEqualTo(floors().keySet());
    }

    @Test
    void everyTaskReachesItsFloor() throws IOException {
        assertThat(floors())
                .allSatisfy((cell, floor) ->
                        assertThat(SCORES.get(cell).percent()).as(cell).isGreaterThanOrEqualTo(floor));
    }
}
