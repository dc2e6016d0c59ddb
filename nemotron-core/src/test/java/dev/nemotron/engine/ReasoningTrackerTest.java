package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.Reasoning;
import dev.nemotron.TestData;
import dev.nemotron.output.ReasoningStart;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasoningTrackerTest {

    private static final Tokenizer TOKENIZER = Tokenizer.load(TestData.folder("checkpoints/latent-mtp"));

    private static ReasoningTracker tracker(int budget, int grace) {
        return new ReasoningTracker(
                TOKENIZER, ReasoningStart.INSIDE, false, new Reasoning.Budget(budget, grace), "<tool_call>");
    }

    /** Feeds text token by token and returns how many tokens went in before the end was forced, or -1. */
    private static int feed(ReasoningTracker tracker, String text) {
        int fed = 0;
        for (int token : TOKENIZER.encode(text, false)) {
            tracker.accept(token);
            fed++;
            int[] forced = tracker.forced();
            if (forced.length > 0) {
                Arrays.stream(forced).forEach(tracker::accept);
                return fed;
            }
        }
        return -1;
    }

    private static String text(int[] tokens) {
        return TOKENIZER.decode(tokens, false);
    }

    @Test
    void aBudgetOfNothingEndsTheReasoningBeforeItsFirstToken() {
        ReasoningTracker tracker = tracker(0, 500);
        assertThat(text(tracker.forced())).isEqualTo("</think>");
        assertThat(tracker.truncated()).isTrue();
    }

    @Test
    void theLineThatTheBudgetEndsInIsFinished() {
        ReasoningTracker tracker = tracker(3, 500);
        String text = "abcdef\nxyz";
        int line = TOKENIZER.encode("abcdef\n", false).length;
        assertThat(line).isGreaterThan(3);
        assertThat(feed(tracker, text)).isEqualTo(line);
        assertThat(tracker.answering()).isTrue();
        assertThat(tracker.tokens()).isEqualTo(line + TOKENIZER.encode("</think>", false).length);
    }

    @Test
    void aLineThatGoesOnIsCutAfterTheGrace() {
        ReasoningTracker tracker = tracker(3, 2);
        assertThat(feed(tracker, "abcdefghijklmnop")).isEqualTo(5);
        assertThat(tracker.truncated()).isTrue();
        ReasoningTracker hard = tracker(4, 0);
        assertThat(feed(hard, "abcdefghijklmnop")).isEqualTo(4);
    }

    @Test
    void aCutInALineLooksAsNvidiasScriptsMakeIt() {
        ReasoningTracker tracker = tracker(1, 0);
        tracker.accept(TOKENIZER.encode("a", false)[0]);
        assertThat(text(tracker.forced())).isEqualTo(".\n\n</think>");
        ReasoningTracker sentence = tracker(2, 0);
        Arrays.stream(TOKENIZER.encode("a.", false)).forEach(sentence::accept);
        assertThat(text(sentence.forced())).isEqualTo("\n\n</think>");
    }

    @Test
    void aCharacterIsNeverCut() {
        ReasoningTracker tracker = tracker(1, 0);
        int[] bytes = TOKENIZER.encode("𝄞", false);
        assertThat(bytes).hasSizeGreaterThan(1);
        assertThat(feed(tracker, "𝄞x")).isEqualTo(bytes.length);
    }

    @Test
    void reasoningThatEndsByItselfIsLeftAlone() {
        ReasoningTracker tracker = tracker(50, 0);
        assertThat(feed(tracker, "ab</think>" + "c".repeat(100))).isEqualTo(-1);
        assertThat(tracker.truncated()).isFalse();
        assertThat(tracker.tokens()).isEqualTo(TOKENIZER.encode("ab</think>", false).length);
    }

    @Test
    void aCallEndsReasoningToo() {
        ReasoningTracker tracker = tracker(50, 0);
        feed(tracker, "ab<tool_call>");
        assertThat(tracker.answering()).isTrue();
    }

    @Test
    void anOpenBeginningIsReasoningOnlyBehindTheMark() {
        for (String begin : List.of("<think>", "\n<think>")) {
            ReasoningTracker tracker = new ReasoningTracker(TOKENIZER, ReasoningStart.OPEN, false, null, null);
            feed(tracker, begin + "ab");
            assertThat(tracker.answering()).isFalse();
        }
        ReasoningTracker tracker = new ReasoningTracker(TOKENIZER, ReasoningStart.OPEN, false, null, null);
        feed(tracker, "ab<think>");
        assertThat(tracker.answering()).isTrue();
    }

    @Test
    void wantedReasoningIsBegunByForce() {
        ReasoningTracker tracker = new ReasoningTracker(TOKENIZER, ReasoningStart.OPEN, true, null, null);
        int[] forced = tracker.forced();
        assertThat(text(forced)).isEqualTo("<think>");
        Arrays.stream(forced).forEach(tracker::accept);
        assertThat(tracker.forced()).isEmpty();
        assertThat(tracker.mayReason()).isTrue();
    }
}
