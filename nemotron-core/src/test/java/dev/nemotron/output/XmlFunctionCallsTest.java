package dev.nemotron.output;

import static dev.nemotron.output.Answers.calls;
import static dev.nemotron.output.Answers.kinds;
import static dev.nemotron.output.Answers.parse;
import static dev.nemotron.output.Answers.pieces;
import static dev.nemotron.output.Answers.stream;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlFunctionCallsTest {

    private static String call(String name, String... parameters) {
        StringBuilder call = new StringBuilder("<tool_call>\n<function=" + name + ">\n");
        for (int i = 0; i < parameters.length; i += 2) {
            call.append("<parameter=").append(parameters[i]).append(">\n");
            call.append(parameters[i + 1]).append("\n</parameter>\n");
        }
        return call + "</function>\n</tool_call>\n";
    }

    private static AnswerSummary xml(String... pieces) {
        return parse(ToolFormat.XML_FUNCTION, pieces);
    }

    @Test
    void valuesAreTypedByTheSchema() {
        AnswerSummary answer = xml(call(
                "everything",
                "text",
                "5",
                "count",
                "5",
                "ratio",
                "2.5",
                "flag",
                "True",
                "items",
                "['a', None]",
                "object",
                "{\"a\": 1}",
                "maybe",
                "null",
                "unknown",
                "7"));
        assertThat(calls(answer))
                .containsExactly("everything {\"text\": \"5\", \"count\": 5, \"ratio\": 2.5, \"flag\": true, "
                        + "\"items\": [\"a\", null], \"object\": {\"a\": 1}, \"maybe\": null, \"unknown\": \"7\"}");
        assertThat(answer.diagnostics()).isEmpty();
        assertThat(answer.content()).isNull();
    }

    @Test
    void severalBlocksAreSeveralCalls() {
        AnswerSummary answer = xml("Both.\n" + call("search", "query", "a") + call("search", "query", "b"));
        assertThat(calls(answer)).containsExactly("search {\"query\": \"a\"}", "search {\"query\": \"b\"}");
        assertThat(answer.content()).isEqualTo("Both.");
        assertThat(answer.calls().get(1).id()).isEqualTo("call_1");
    }

    @Test
    void valuesLoseOneLineBreakAtEachEndAndNoOtherSpace() {
        assertThat(calls(xml(call("search", "query", "  a\n\n b \n"))))
                .containsExactly("search {\"query\": \"  a\\n\\n b \\n\"}");
        assertThat(calls(xml(call("search", "query", "")))).containsExactly("search {\"query\": \"\"}");
        assertThat(calls(xml("<tool_call><function=search><parameter=query>a b</parameter></function></tool_call>")))
                .containsExactly("search {\"query\": \"a b\"}");
    }

    @Test
    void textIsStreamedBeforeItsValueIsComplete() {
        var stream = stream(
                Answers.tools(ToolFormat.XML_FUNCTION),
                "<tool_call>\n<function=search>\n<parameter=query>\nfirst ",
                "\"second\"\n",
                "third\n</para",
                "meter>\n</function>\n</tool_call>");
        assertThat(stream.events)
                .containsExactly(
                        "call search",
                        "arguments {\"query\": \"first ",
                        "arguments \\\"second\\\"",
                        "arguments \\nthird",
                        "arguments \"}",
                        "end");
    }

    @Test
    void otherValuesAreStreamedOneByOne() {
        var stream = stream(
                Answers.tools(ToolFormat.XML_FUNCTION),
                "<tool_call>\n<function=everything>\n<parameter=count>\n12",
                "3\n</parameter>\n<",
                "parameter=flag>\nfalse\n</parameter>\n<",
                "/function>\n</tool_call>");
        assertThat(stream.events)
                .containsExactly("call everything", "arguments {\"count\": 123", "arguments , \"flag\": false}", "end");
    }

    @Test
    void aValueMayContainTheTagsOfCalls() {
        String code =
                "if x:\n  print('</function>')\n  print('<parameter=query>')\n<parameter=other>\n</parameter> end";
        for (int length : new int[] {1, 7, 1000}) {
            AnswerSummary answer = xml(pieces(call("search", "query", code), length));
            assertThat(answer.calls()).hasSize(1);
            assertThat(dev.nemotron.json.Json.parse(answer.calls().getFirst().arguments(), "arguments"))
                    .isEqualTo(java.util.Map.of("query", code));
            assertThat(answer.content()).isNull();
        }
    }

    @Test
    void missingClosingTagsAreForgiven() {
        String[] answers = {
            "<tool_call>\n<function=everything>\n<parameter=text>\na\n<parameter=count>\n1\n</function>\n</tool_call>",
            "<tool_call>\n<function=everything>\n<parameter=text>\na\n</parameter>\n<parameter=count>\n1\n</tool_call>",
            "<function=everything>\n<parameter=text>\na\n</parameter>\n<parameter=count>\n1\n</parameter>\n</function>",
            "<function=everything>\n<parameter=text>\na\n</parameter>\n<parameter=count>\n1\n</function>\n</tool_call>",
            "<tool_call>\n<function=everything>\n<parameter=text>\na\n</parameter>\n<parameter=count>\n1\n</parameter>\n"
                    + "</tool_call>",
            "<tool_call>\n<function=everything>\n<parameter=text>\na\n</parameter>\n<parameter=count>\n1\n</parameter>\n"
                    + "</function>"
        };
        for (String answer : answers) {
            AnswerSummary summary = xml(answer);
            assertThat(calls(summary)).as(answer).containsExactly("everything {\"text\": \"a\", \"count\": 1}");
            assertThat(summary.diagnostics()).as(answer).isEmpty();
        }
    }

    @Test
    void callsWithoutBlocksFollowEachOther() {
        assertThat(calls(xml("<function=search>\n</function>\n<function=search>\n</function>\n")))
                .containsExactly("search {}", "search {}");
        assertThat(calls(xml(
                        "<tool_call>\n<function=search>\n</function>\n<function=other>\n</function>\n</tool_call>")))
                .containsExactly("search {}", "other {}");
    }

    @Test
    void textThatIsNoCallIsContent() {
        for (String text : new String[] {
            "Write <tool_call> before it.",
            "<tool_call>\n{\"name\": \"search\"}\n</tool_call>",
            "<tool_call>",
            "<tool_call>\n<function=",
            "<function=unknown>\n</function>",
            "<tool_call>\n<function=>\n</function>",
            "a <b> c </function> </tool_call>",
            "search {\"query\": \"search\"}"
        }) {
            AnswerSummary answer = xml(pieces(text, 1));
            assertThat(answer.content()).isEqualTo(text);
            assertThat(answer.calls()).isEmpty();
        }
    }

    @Test
    void textBehindACallIsContent() {
        AnswerSummary answer = xml("Before.\n" + call("search", "query", "a") + "After.");
        assertThat(answer.content()).isEqualTo("Before.\n\nAfter.");
        assertThat(answer.calls()).hasSize(1);
        assertThat(xml(call("search", "query", "a") + "\nAfter.").content()).isEqualTo("After.");
    }

    @Test
    void textBetweenParametersIsContentAndNoted() {
        AnswerSummary answer =
                xml("<tool_call>\n<function=search>\nwell\n<parameter=query>\na\n</parameter>\n</function>\n"
                        + "</tool_call>");
        assertThat(calls(answer)).containsExactly("search {\"query\": \"a\"}");
        assertThat(answer.content()).isEqualTo("well");
        assertThat(kinds(answer)).containsExactly(Diagnostic.Kind.IGNORED_TEXT);
    }

    @Test
    void aCallThatIsCutShortIsClosedAndNoted() {
        AnswerSummary answer = xml("<tool_call>\n<function=search>\n<parameter=query>\nhalf a sen");
        assertThat(calls(answer)).containsExactly("search {\"query\": \"half a sen\"}");
        assertThat(kinds(answer)).containsExactly(Diagnostic.Kind.UNFINISHED_CALL);
        assertThat(answer.isWhole(0)).isFalse();
        assertThat(calls(xml("<tool_call>\n<function=search>"))).containsExactly("search {}");
    }

    @Test
    void whatIsWrongWithACallIsNoted() {
        AnswerSummary answer = xml(call("search")
                + call("nothing", "a", "1")
                + call("everything", "count", "many")
                + call("search", "query", "a", "query", "b"));
        assertThat(calls(answer))
                .containsExactly(
                        "search {}",
                        "nothing {\"a\": \"1\"}",
                        "everything {\"count\": \"many\"}",
                        "search {\"query\": \"a\"}");
        assertThat(kinds(answer))
                .containsExactly(
                        Diagnostic.Kind.MISSING_PARAMETER,
                        Diagnostic.Kind.UNKNOWN_TOOL,
                        Diagnostic.Kind.MISTYPED_VALUE,
                        Diagnostic.Kind.REPEATED_PARAMETER);
        assertThat(answer.diagnostics()).extracting(Diagnostic::call).containsExactly(0, 1, 2, 3);
        assertThat(answer.isWhole(3)).isTrue();
        assertThat(answer.diagnostics().get(2).message())
                .isEqualTo("the parameter \"count\" must be integer, found the string \"many\"");
    }

    @Test
    void charactersThatJsonDoesNotTakeAreEscaped() {
        assertThat(calls(xml(call("search", "query", "é😀\t\\ \u0001 \ud800 x"))))
                .containsExactly("search {\"query\": \"é😀\\t\\\\ \\u0001 \\ud800 x\"}");
    }
}
