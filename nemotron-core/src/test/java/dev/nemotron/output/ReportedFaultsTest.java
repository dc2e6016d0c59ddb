package dev.nemotron.output;

import static dev.nemotron.output.Answers.calls;
import static dev.nemotron.output.Answers.parse;
import static dev.nemotron.output.Answers.pieces;
import static dev.nemotron.output.Answers.stream;
import static dev.nemotron.output.Answers.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults that people found in other parsers of such answers. */
class ReportedFaultsTest {

    private static final String CALL =
            "<tool_call>\n<function=search>\n<parameter=query>\na\n</parameter>\n</function>\n</tool_call>";
    private static final String EMPTY = "<tool_call>\n<function=search>\n</function>\n</tool_call>";
    private static final String HERMES_CALL =
            "<tool_call>\n{\"name\": \"search\", \"arguments\": {\"query\": \"a\"}}\n</tool_call>";
    private static final AnswerFormat XML = thinking().withTools(ToolFormat.XML_FUNCTION, Answers.TOOLS);

    @Test
    void noPartOfAnXmlCallIsLeftInTheContent() {
        for (int length = 1; length < 60; length++) {
            AnswerSummary answer = parse(XML, pieces("Hm.</think>\nI look.\n" + CALL + "\n" + CALL, length));
            assertThat(answer.content()).isEqualTo("I look.");
            assertThat(answer.calls()).hasSize(2);
        }
    }

    @Test
    void argumentsDoNotWaitForTheEndOfTheCall() {
        var stream = stream(XML, "</think>" + CALL.substring(0, CALL.indexOf("a\n</")) + "long text");
        assertThat(stream.events).startsWith("call search", "arguments {\"query\": \"long text");
        var hermes = stream(Answers.tools(ToolFormat.HERMES), HERMES_CALL.substring(0, HERMES_CALL.indexOf("\"}}")));
        assertThat(hermes.events).startsWith("call search", "arguments {\"query\": \"a");
    }

    @Test
    void aJsonCallSurvivesEveryWayToCutIt() {
        String text = "I look.\n" + HERMES_CALL + "\n" + HERMES_CALL;
        for (int length = 1; length < text.length(); length++) {
            AnswerSummary answer = parse(ToolFormat.HERMES, pieces(text, length));
            assertThat(answer.content()).isEqualTo("I look.");
            assertThat(calls(answer)).containsExactly("search {\"query\": \"a\"}", "search {\"query\": \"a\"}");
        }
    }

    @Test
    void aCallBehindOneWithoutArgumentsKeepsItsOwn() {
        AnswerSummary answer = parse(XML, "</think>" + EMPTY + CALL + EMPTY);
        assertThat(calls(answer)).containsExactly("search {}", "search {\"query\": \"a\"}", "search {}");
        answer = parse(
                ToolFormat.HERMES, "<tool_call>{\"name\": \"search\", \"arguments\": {}}</tool_call>" + HERMES_CALL);
        assertThat(calls(answer)).containsExactly("search {}", "search {\"query\": \"a\"}");
    }

    @Test
    void theIdOfACallIsToldOnce() {
        var stream = stream(XML, pieces("</think>" + CALL + CALL, 1));
        assertThat(stream.events.stream().filter("call search"::equals)).hasSize(2);
        assertThat(stream.summary.calls()).extracting(call -> call.id()).containsExactly("call_0", "call_1");
    }

    @Test
    void idsOfCallsAreLongAndDiffer() {
        CallIds ids = new CallIds();
        assertThat(ids.get()).matches("call_[0-9A-Za-z]{24}").isNotEqualTo(ids.get());
    }

    @Test
    void aClosingMarkThatComesInPiecesDoesNotLeakIntoTheContent() {
        for (int length = 1; length < 12; length++) {
            AnswerSummary answer = parse(XML, pieces("One.\n</think>\n\nTwo.", length));
            assertThat(answer.reasoning()).isEqualTo("One.");
            assertThat(answer.content()).isEqualTo("Two.");
        }
    }

    @Test
    void theClosingMarkDoesNotLeakIntoAStructuredAnswer() {
        AnswerSummary answer = parse(thinking(), pieces("So.\n</think>\n\n{\"a\": \"</think>\"}", 1));
        assertThat(answer.content()).isEqualTo("{\"a\": \"</think>\"}");
    }

    @Test
    void withoutToolsNothingIsACall() {
        AnswerSummary answer = parse(thinking(), "</think>" + CALL + HERMES_CALL);
        assertThat(answer.content()).isEqualTo(CALL + HERMES_CALL);
        assertThat(answer.calls()).isEmpty();
    }

    @Test
    void whiteSpaceBeforeWhatLookedLikeATagIsKept() {
        var stream = stream(XML, "</think>", "a  \n", "<tool_", "box> b \n", "</function> c");
        assertThat(stream.summary.content()).isEqualTo("a  \n<tool_box> b \n</function> c");
        assertThat(stream.events).startsWith("content a");
    }

    @Test
    void theNameOfAToolIsNoCall() {
        for (ToolFormat format : ToolFormat.values()) {
            for (String text :
                    List.of("Use search to search.", "search(query=\"a\")", "{\"search\": {\"query\": \"a\"}}")) {
                AnswerSummary answer = parse(format, text);
                assertThat(answer.calls()).isEmpty();
                assertThat(answer.content()).isEqualTo(text);
            }
        }
    }
}
