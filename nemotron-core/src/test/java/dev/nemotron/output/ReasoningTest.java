package dev.nemotron.output;

import static dev.nemotron.output.Answers.parse;
import static dev.nemotron.output.Answers.pieces;
import static dev.nemotron.output.Answers.stream;
import static dev.nemotron.output.Answers.thinking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ReasoningTest {

    private static final AnswerFormat WITH_TOOLS = thinking().withTools(ToolFormat.XML_FUNCTION, Answers.TOOLS);
    private static final AnswerFormat UNDECIDED =
            AnswerFormat.PLAIN.withReasoning(ReasoningTags.THINK, ReasoningStart.OPEN);
    private static final AnswerFormat OFF =
            AnswerFormat.PLAIN.withReasoning(ReasoningTags.THINK, ReasoningStart.BEHIND);

    private static void assertAnswer(AnswerSummary answer, String reasoning, String content) {
        assertThat(answer.reasoning()).isEqualTo(reasoning);
        assertThat(answer.content()).isEqualTo(content);
    }

    @Test
    void textBeforeTheClosingMarkIsReasoning() {
        assertAnswer(
                parse(thinking(), "Let me think about this...</think>\nHere is my answer."),
                "Let me think about this...",
                "Here is my answer.");
    }

    @Test
    void reasoningMayBeEmpty() {
        assertAnswer(parse(thinking(), "</think>\nHere is my answer."), null, "Here is my answer.");
    }

    @Test
    void whiteSpaceBehindTheClosingMarkIsDropped() {
        assertAnswer(
                parse(thinking(), "My thoughts...</think>   \n\t\n   Content here."),
                "My thoughts...",
                "Content here.");
    }

    @Test
    void anOpeningMarkFromTheModelIsSwallowed() {
        assertAnswer(parse(thinking(), "<think>\nLet me think…</think>\nHere…"), "Let me think…", "Here…");
    }

    @Test
    void whatLooksLikeATagForAWhileStaysReasoning() {
        assertAnswer(
                parse(WITH_TOOLS, "reasoning ending with ", "<tool_call", " fakeout", "</think>", "Done."),
                "reasoning ending with <tool_call fakeout",
                "Done.");
    }

    @Test
    void whatLooksLikeTheOpeningMarkForAWhileStaysReasoning() {
        assertAnswer(
                parse(thinking(), "<th", "oughts are literal", "</think>", "Done."), "<thoughts are literal", "Done.");
    }

    @Test
    void reasoningContentAndCallsComeApart() {
        AnswerSummary answer = parse(
                WITH_TOOLS,
                "Let me think...</think>\nI'll check for you.\n<tool_call>\n<function=search>\n<parameter=query>\ntest\n"
                        + "</parameter>\n</function>\n</tool_call>");
        assertAnswer(answer, "Let me think...", "I'll check for you.");
        assertThat(Answers.calls(answer)).containsExactly("search {\"query\": \"test\"}");
        assertThat(answer.diagnostics()).isEmpty();
    }

    @Test
    void withoutThinkingAClosingMarkIsContent() {
        assertAnswer(parse(OFF, "</think>\nSome content…"), null, "</think>\nSome content…");
    }

    @Test
    void jsonBehindTheReasoningIsContent() {
        assertAnswer(parse(thinking(), "I need…\n</think>\n{\"amount\": 123.45}"), "I need…", "{\"amount\": 123.45}");
    }

    @Test
    void anAnswerThatGoesOnFromItsPromptKeepsItsFirstSpace() {
        assertAnswer(parse(OFF, " world!"), null, " world!");
        assertAnswer(parse(UNDECIDED, " world!"), null, " world!");
    }

    @Test
    void withoutAClosingMarkEverythingIsReasoning() {
        assertAnswer(parse(thinking(), "So, first\n"), "So, first", null);
    }

    @Test
    void reasoningAloneBecomesContentWhereContentIsRequired() {
        var stream = stream(thinking().withContentRequired(), "The answer ", "is 4.\n");
        assertAnswer(stream.summary, null, "The answer is 4.");
        assertThat(stream.events)
                .containsExactly("reasoning The answer", "reasoning  is 4.", "content The answer is 4.");
        assertAnswer(parse(thinking().withContentRequired(), "Hm.</think>\n \n"), null, "Hm.");
        assertAnswer(parse(thinking().withContentRequired(), "Hm.</think>Four."), "Hm.", "Four.");
    }

    @Test
    void reasoningBeforeACallStaysReasoningWhereContentIsRequired() {
        AnswerSummary answer = parse(
                WITH_TOOLS.withContentRequired(),
                "Hm.</think>\n<tool_call>\n<function=search>\n</function>\n</tool_call>");
        assertAnswer(answer, "Hm.", null);
        assertThat(Answers.calls(answer)).containsExactly("search {}");
    }

    @Test
    void theOpenerOfACallEndsTheReasoning() {
        AnswerSummary answer = parse(
                WITH_TOOLS,
                "I should look.\n<tool_call>\n<function=search>\n<parameter=query>\nx\n</parameter>\n</function>\n"
                        + "</tool_call>");
        assertAnswer(answer, "I should look.", null);
        assertThat(Answers.calls(answer)).containsExactly("search {\"query\": \"x\"}");
    }

    @Test
    void aModelThatDecidesForItselfOpensItsReasoning() {
        assertAnswer(parse(UNDECIDED, pieces("\n<think>\nHm.\n</think>\n\nFour.", 1)), "Hm.", "Four.");
        assertAnswer(parse(UNDECIDED, pieces("Four <think> five", 1)), null, "Four <think> five");
        assertAnswer(parse(UNDECIDED, "<thi"), null, "<thi");
        assertAnswer(parse(UNDECIDED, " \n"), null, " \n");
    }

    @Test
    void nothingIsPassedOnThatMayBecomeAMark() {
        var stream = stream(thinking(), "a  ", "<", "/thi", "nk", ">", "\n", "b");
        assertThat(stream.events).containsExactly("reasoning a", "content b");
        stream = stream(thinking(), "a  ", "</thi", "s></think>");
        assertThat(stream.events).containsExactly("reasoning a", "reasoning   </this>");
    }

    @Test
    void theEndOfThePromptTellsWhereTheAnswerBegins() {
        assertThat(ReasoningStart.after("assistant\n<think>\n", ReasoningTags.THINK))
                .isEqualTo(ReasoningStart.INSIDE);
        assertThat(ReasoningStart.after("assistant\n<think></think>", ReasoningTags.THINK))
                .isEqualTo(ReasoningStart.BEHIND);
        assertThat(ReasoningStart.after("assistant\n", ReasoningTags.THINK)).isEqualTo(ReasoningStart.OPEN);
    }

    @Test
    void otherMarksWorkAsWell() {
        ReasoningTags tags = new ReasoningTags("[THINK]", "[/THINK]");
        AnswerFormat format = AnswerFormat.PLAIN.withReasoning(tags, ReasoningStart.OPEN);
        assertAnswer(parse(format, pieces("[THINK]a [b] c[/THINK]d", 1)), "a [b] c", "d");
        assertThatIllegalArgumentException().isThrownBy(() -> new ReasoningTags("<a<", "</a>"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReasoningTags("", "</a>"));
    }

    @Test
    void anAnswerEndsOnce() {
        AnswerParser parser = new AnswerParser(AnswerFormat.PLAIN, new Answers.Stream());
        parser.accept("a");
        assertThat(parser.finish().content()).isEqualTo("a");
        assertThatIllegalStateException().isThrownBy(() -> parser.accept("b"));
        assertThatIllegalStateException().isThrownBy(parser::finish);
    }
}
