package dev.nemotron.output;

import static dev.nemotron.output.Answers.calls;
import static dev.nemotron.output.Answers.parse;
import static dev.nemotron.output.Answers.pieces;
import static dev.nemotron.output.Answers.stream;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmonyMessagesTest {

    private static void assertAnswer(String text, String reasoning, String content, String... calls) {
        for (int length : new int[] {1, 5, 100_000}) {
            AnswerSummary answer = parse(ToolFormat.HARMONY, pieces(text, length));
            assertThat(answer.reasoning()).as(text).isEqualTo(reasoning);
            assertThat(answer.content()).as(text).isEqualTo(content);
            assertThat(calls(answer)).as(text).containsExactly(calls);
        }
    }

    @Test
    void channelsTellReasoningAndContentApart() {
        assertAnswer(
                "<|channel|>analysis<|message|>Hm, 2 < 3.<|end|><|start|>assistant<|channel|>final<|message|>Four.<|return|>",
                "Hm, 2 < 3.",
                "Four.");
    }

    @Test
    void messagesToFunctionsAreCalls() {
        assertAnswer(
                "<|channel|>analysis<|message|>Look.<|end|><|start|>assistant<|channel|>commentary to=functions.search "
                        + "<|constrain|>json<|message|>{\"query\": \"a<b\"}<|call|>",
                "Look.",
                null,
                "search {\"query\": \"a<b\"}");
        assertAnswer(
                "<|start|>assistant to=functions.search<|channel|>commentary json<|message|>{\"query\":\"a\"}<|call|>",
                null,
                null,
                "search {\"query\":\"a\"}");
        assertAnswer(" to=functions.search<|channel|>commentary<|message|> {} <|call|>", null, null, "search {}");
        assertAnswer("<|channel|>commentary to=functions.search<|message|><|call|>", null, null, "search {}");
    }

    @Test
    void commentaryToTheUserIsContent() {
        assertAnswer(
                "<|channel|>commentary<|message|>I will look.<|end|><|start|>assistant<|channel|>commentary "
                        + "to=functions.search<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>Done.",
                null,
                "I will look.\nDone.",
                "search {}");
    }

    @Test
    void theAnswerMayBeginWithinAMessage() {
        assertAnswer("four and <b>five</b>", null, "four and <b>five</b>");
    }

    @Test
    void brokenMessagesAreContent() {
        assertAnswer(
                "<|channel|>commentary to=functions.search<|message|>hello<|call|>",
                null,
                "<|channel|>commentary to=functions.search<|message|>hello");
        assertAnswer(
                "<|channel|>commentary to=functions.search<|message|>{\"query\": \"a\", x}<|call|>",
                null,
                ", x}",
                "search {\"query\": \"a\"}");
        assertAnswer("<|channel|>no header", null, "<|channel|>no header");
        assertAnswer("<|channel|>final<|message|>a <|en", null, "a <|en");
    }

    @Test
    void argumentsAreStreamedAsTheyCome() {
        var stream = stream(
                Answers.tools(ToolFormat.HARMONY),
                "<|channel|>commentary to=functions.search<|message|>{\"query\": \"a",
                "b\"",
                "}<|call|>");
        assertThat(stream.events)
                .containsExactly("call search", "arguments {\"query\": \"a", "arguments b\"", "arguments }", "end");
    }

    @Test
    void aMessageThatIsCutShortIsClosed() {
        AnswerSummary answer =
                parse(ToolFormat.HARMONY, "<|channel|>commentary to=functions.search<|message|>{\"query\": \"a");
        assertThat(calls(answer)).containsExactly("search {\"query\": \"a\"}");
        assertThat(answer.isWhole(0)).isFalse();
    }
}
