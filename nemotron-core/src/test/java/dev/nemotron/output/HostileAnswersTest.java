package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostileAnswersTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 100_000;

    /** Far more than it takes, far less than what grows with the square of the length. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static String repeat(String unit) {
        return unit.repeat(SIZE / unit.length());
    }

    private static AnswerSummary parse(ToolFormat format, String text, int length) {
        AnswerFormat answer = Answers.tools(format).withReasoning(ReasoningTags.THINK, ReasoningStart.OPEN);
        AnswerParser parser = new AnswerParser(answer, new Ignored());
        for (int at = 0; at < text.length(); at += length) {
            parser.accept(text.substring(at, Math.min(text.length(), at + length)));
        }
        return parser.finish();
    }

    private record Ignored() implements AnswerSink {
        @Override
        public void reasoning(String text) {}

        @Override
        public void content(String text) {}

        @Override
        public void callStarted(int index, String id, String name) {}

        @Override
        public void callArguments(int index, String jsonFragment) {}

        @Override
        public void callEnded(int index) {}
    }

    @Test
    void timeGrowsWithTheLengthOnly() {
        String[] texts = {
            repeat("<"),
            repeat("<tool_call"),
            repeat("<tool_call>"),
            repeat("<tool_call>\n"),
            repeat(" "),
            "<tool_call>" + repeat(" "),
            "<think>" + repeat("</think"),
            "<think>" + repeat(" "),
            "<tool_call><function=search><parameter=query>" + repeat("</parameter>"),
            "<tool_call><function=search><parameter=query>" + repeat("</parameter>\n</function>\n"),
            "<tool_call><function=search><parameter=query>" + repeat("</parameter>" + " ".repeat(60)),
            "<tool_call><function=search><parameter=query>" + repeat("\n<parameter="),
            "<tool_call><function=search>" + repeat("<parameter="),
            "<tool_call><function=search>" + repeat("<parameter=query>\n"),
            repeat("<function=search>"),
            "<tool_call>" + repeat("{\"name\":"),
            "<tool_call>{\"name\": \"search\", \"arguments\": {\"a\": " + repeat("["),
            "<tool_call>{\"name\": \"search\", \"arguments\": {\"a\": " + repeat("9"),
            "<tool_call>{\"name\": \"search\", \"arguments\": {\"a\": \"" + repeat("\\u0061"),
            "<tool_call>{\"name\": \"" + repeat("a"),
            "<tool_call>" + repeat("\""),
            "<TOOLCALL>" + repeat("["),
            "{" + repeat("\"name\": {"),
            "<|channel|>" + repeat("a"),
            repeat("<|channel|>"),
            repeat("<|channel|>a<|message|>"),
            repeat("<|channel|>final" + " ".repeat(200) + "x<|message|>"),
            "<|channel|>commentary to=functions.search<|message|>" + repeat("{\"a\":"),
            repeat("\ud83d")
        };
        for (ToolFormat format : ToolFormat.values()) {
            for (String text : texts) {
                for (int length : new int[] {1, SIZE}) {
                    assertTimeout(SOON, () -> parse(format, text, length), () -> format + " " + text.substring(0, 100));
                }
            }
        }
    }

    @Test
    void aMegabyteOfBeginningsOfTagsIsTakenSoon() {
        for (ToolFormat format : ToolFormat.values()) {
            for (String unit : new String[] {"<", "<tool_call"}) {
                String text = unit.repeat(MEGABYTE / unit.length());
                AnswerSummary answer = assertTimeout(SOON, () -> parse(format, text, 4));
                assertThat(answer.content()).isEqualTo(text);
            }
        }
    }

    @Test
    void deepJsonIsNoCallButLosesNothing() {
        String text = "<tool_call>{\"name\": \"search\", \"arguments\": {\"a\": " + "[".repeat(100_000);
        AnswerSummary answer = parse(ToolFormat.HERMES, text, 7);
        assertThat(answer.isWhole(0)).isFalse();
        assertThat(answer.calls().getFirst().arguments()).hasSizeLessThan(200);
        assertThat(answer.content()).hasSizeGreaterThan(99_900);
        answer = parse(
                ToolFormat.XML_FUNCTION, "<tool_call><function=everything><parameter=items>" + "[".repeat(100_000), 7);
        assertThat(answer.calls().getFirst().arguments())
                .startsWith("{\"items\": \"[[")
                .hasSizeGreaterThan(100_000);
    }

    @Test
    void hugeNumbersStayText() {
        AnswerSummary answer = parse(
                ToolFormat.XML_FUNCTION,
                "<tool_call><function=everything><parameter=count>" + "9".repeat(100_000) + "</parameter></function>",
                100);
        assertThat(answer.calls().getFirst().arguments()).startsWith("{\"count\": \"999");
    }

    @Test
    void notesAreLimited() {
        AnswerSummary answer = parse(ToolFormat.HERMES, "<tool_call>x".repeat(1000), 100);
        assertThat(answer.diagnostics()).hasSize(100);
        assertThat(answer.content()).isEqualTo("<tool_call>x".repeat(1000));
    }
}
