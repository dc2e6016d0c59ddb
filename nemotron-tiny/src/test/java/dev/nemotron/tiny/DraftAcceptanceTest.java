package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Logits;
import dev.nemotron.Model;
import dev.nemotron.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How often the draft head guesses what the model itself says next. Counted at places all over the greedy answers to the
 * held-out prompts, right and wrong ones alike; a deeper guess counts where those before it were right.
 */
class DraftAcceptanceTest {

    private static final int DEPTH = 3;
    private static final int PROMPTS = 80;
    private static final int PLACES = 4;
    private static final double[] FLOORS = {0.90, 0.75, 0};

    @Test
    void theDraftHeadGuessesWhatTheModelSays() throws IOException {
        int[] tried = new int[DEPTH];
        int[] accepted = new int[DEPTH];
        List<HeldOut> prompts = HeldOut.all();
        try (Model model = Model.load(TinyModel.path())) {
            for (int i = 0; i < PROMPTS; i++) {
                HeldOut prompt = prompts.get(i * prompts.size() / PROMPTS);
                List<Integer> answer = model.generate(GenerationRequest.tokens(prompt.prompt())
                                .sampling(Sampling.GREEDY)
                                .maxTokens(60)
                                .build())
                        .ids();
                for (int place = 0; place < PLACES; place++) {
                    int at = place * Math.max(0, answer.size() - DEPTH) / PLACES;
                    count(model, prompt.prompt(), answer, at, tried, accepted);
                }
            }
        }
        for (int depth = 0; depth < DEPTH; depth++) {
            double share = (double) accepted[depth] / tried[depth];
            System.out.printf(
                    Locale.ROOT, "drafts accepted at depth %d: %.1f %% of %d%n", depth + 1, 100 * share, tried[depth]);
            assertThat(share).as("depth " + (depth + 1)).isGreaterThanOrEqualTo(FLOORS[depth]);
        }
    }

    /** Drafts after the first {@code at} tokens of the answer; the first draft guesses the token after the next. */
    private static void count(
            Model model, List<Integer> prompt, List<Integer> answer, int at, int[] tried, int[] accepted) {
        List<Integer> ids = new ArrayList<>(prompt);
        ids.addAll(answer.subList(0, at));
        Logits logits = model.logits(ids, List.of(), DEPTH);
        for (int depth = 0; depth < DEPTH && at + 1 + depth < answer.size(); depth++) {
            tried[depth]++;
            if (likeliest(logits.drafts().get(depth)) != answer.get(at + 1 + depth)) {
                return;
            }
            accepted[depth]++;
        }
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
