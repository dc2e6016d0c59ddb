package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasoningSplitterTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void theMarksAreFoundHoweverTheTextIsCut(int length) {
        assertThat(split(true, "I add < 3 </thin k></think>\n\n75, not <think>", length))
                .isEqualTo("[I add < 3 </thin k>]75, not <think>");
        assertThat(split(false, "\n<think>hm</think>yes", length)).isEqualTo("[hm]yes");
        assertThat(split(false, "  <thing> is text", length)).isEqualTo("[]<thing> is text");
    }

    @Test
    void reasoningThatNeverEndsIsNoAnswer() {
        assertThat(split(true, "and so on </th", 4)).isEqualTo("[and so on </th]");
    }

    @Test
    void whiteSpaceAloneIsNoAnswer() {
        assertThat(split(true, "done</think>\n\n", 3)).isEqualTo("[done]");
    }

    private static String split(boolean reasoning, String text, int length) {
        StringBuilder thoughts = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        ReasoningSplitter splitter = new ReasoningSplitter(reasoning, new ReasoningSplitter.Sink() {
            @Override
            public void reasoning(String piece) {
                thoughts.append(piece);
            }

            @Override
            public void answer(String piece) {
                answer.append(piece);
            }
        });
        for (int i = 0; i < text.length(); i += length) {
            splitter.accept(text.substring(i, Math.min(text.length(), i + length)));
        }
        splitter.end();
        return "[" + thoughts + "]" + answer;
    }
}
