package dev.nemotron.output;

import static dev.nemotron.output.Answers.calls;
import static dev.nemotron.output.Answers.kinds;
import static dev.nemotron.output.Answers.parse;
import static dev.nemotron.output.Answers.pieces;
import static dev.nemotron.output.Answers.stream;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonCallsTest {

    private static final String CALL = "{\"name\": \"search\", \"arguments\": {\"query\": \"a\"}}";
    private static final String FOUND = "search {\"query\": \"a\"}";

    private static void assertCalls(ToolFormat format, String answer, String content, String... calls) {
        for (int length : new int[] {1, 3, 100_000}) {
            AnswerSummary summary = parse(format, pieces(answer, length));
            assertThat(calls(summary)).as(answer).containsExactly(calls);
            assertThat(summary.content()).as(answer).isEqualTo(content);
        }
    }

    @Test
    void aListInTagsIsSeveralCalls() {
        assertCalls(
                ToolFormat.TOOLCALL_LIST,
                "Both.\n<TOOLCALL>[" + CALL + ", {\"name\": \"other\", \"arguments\": {}}]</TOOLCALL>\n",
                "Both.",
                FOUND,
                "other {}");
    }

    @Test
    void missingBracketsOfAListAreForgiven() {
        assertCalls(ToolFormat.TOOLCALL_LIST, "<TOOLCALL>" + CALL + "]</TOOLCALL>", null, FOUND);
        assertCalls(ToolFormat.TOOLCALL_LIST, "<TOOLCALL>[" + CALL + "</TOOLCALL>", null, FOUND);
        assertCalls(ToolFormat.TOOLCALL_LIST, "<TOOLCALL>[" + CALL + "," + CALL, null, FOUND, FOUND);
    }

    @Test
    void argumentsMayBeJsonInAString() {
        assertCalls(
                ToolFormat.TOOLCALL_LIST,
                "<TOOLCALL>[{\"name\": \"search\", \"arguments\": \"{\\\"query\\\": \\\"a\\\"}\"}]</TOOLCALL>",
                null,
                FOUND);
        assertCalls(
                ToolFormat.HERMES,
                "<tool_call>{\"name\": \"search\", \"arguments\": \"\"}</tool_call>",
                null,
                "search {}");
    }

    @Test
    void aCallInTagsIsFoundWithWhiteSpaceAndWithout() {
        assertCalls(ToolFormat.HERMES, "Well.\n<tool_call>\n" + CALL + "\n</tool_call>", "Well.", FOUND);
        assertCalls(ToolFormat.HERMES, "<tool_call>" + CALL + "</tool_call><tool_call>" + CALL, null, FOUND, FOUND);
    }

    @Test
    void oneTagMayHoldAListAsToolN1WritesIt() {
        AnswerFormat format = Answers.tools(ToolFormat.HERMES).withReasoning(ReasoningTags.THINK, ReasoningStart.OPEN);
        AnswerSummary answer =
                parse(format, pieces("<think>Hm.</think><tool_call>[" + CALL + ", " + CALL + "]</tool_call>", 1));
        assertThat(answer.reasoning()).isEqualTo("Hm.");
        assertThat(calls(answer)).containsExactly(FOUND, FOUND);
        assertThat(answer.content()).isNull();
    }

    @Test
    void oneTagMayHoldJsonInAString() {
        String encoded = JsonStrings.quote("[" + CALL + "]");
        assertCalls(ToolFormat.HERMES, "<tool_call>" + encoded + "</tool_call>", null, FOUND);
        String broken = "<tool_call>\"hello\"</tool_call>";
        assertCalls(ToolFormat.HERMES, broken, broken);
    }

    @Test
    void argumentsMayComeBeforeTheName() {
        assertCalls(
                ToolFormat.HERMES,
                "<tool_call>{\"id\": 7, \"arguments\": {\"query\": \"a\"}, \"type\": \"function\", \"name\": \"search\"}</tool_call>",
                null,
                FOUND);
    }

    @Test
    void argumentsMayBeMissing() {
        assertCalls(ToolFormat.HERMES, "<tool_call>{\"name\": \"search\"}</tool_call>", null, "search {}");
        assertCalls(
                ToolFormat.HERMES,
                "<tool_call>{\"name\": \"search\", \"arguments\": null}</tool_call>",
                null,
                "search {}");
    }

    @Test
    void aBraceTooManyIsForgiven() {
        assertCalls(ToolFormat.HERMES, "<tool_call>" + CALL + "}\n</tool_call>", null, FOUND);
    }

    @Test
    void bareJsonIsACallForLlama() {
        String parameters = "{\"name\": \"search\", \"parameters\": {\"query\": \"a\"}}";
        assertCalls(ToolFormat.LLAMA_JSON, parameters, null, FOUND);
        assertCalls(ToolFormat.LLAMA_JSON, "\n" + CALL, null, FOUND);
        assertCalls(ToolFormat.LLAMA_JSON, "<|python_tag|>" + parameters + "; " + CALL, null, FOUND, FOUND);
        assertCalls(ToolFormat.LLAMA_JSON, "Well. <|python_tag|>" + parameters, "Well.", FOUND);
        assertCalls(ToolFormat.LLAMA_JSON, parameters + "\nWell.", "Well.", FOUND);
        assertCalls(ToolFormat.LLAMA_JSON, "{\"name\": \"search\"}", null, "search {}");
    }

    @Test
    void bareJsonThatIsNoCallIsContentForLlama() {
        for (String text : new String[] {
            "{\"name\": \"Bob\"}",
            "{\"city\": \"Paris\", \"name\": \"search\", \"parameters\": {}}",
            "{ not JSON",
            "I say {\"name\": \"search\", \"parameters\": {}}",
            "<|python_tag|>search.call(query=\"a\")",
            "{}",
            "{\"name\": 5, \"parameters\": {}}",
            "[1]"
        }) {
            assertCalls(ToolFormat.LLAMA_JSON, text, text);
        }
    }

    @Test
    void argumentsAreStreamedAsTheyCome() {
        var stream = stream(
                Answers.tools(ToolFormat.HERMES),
                "<tool_call>{\"name\": \"sea",
                "rch\", \"arguments\": {\"qu",
                "ery\": \"long ",
                "text\", \"count\": 1",
                "2, \"x\": [tr",
                "ue]}}</tool_",
                "call>");
        assertThat(stream.events)
                .containsExactly(
                        "call search",
                        "arguments {",
                        "arguments \"query\": \"long ",
                        "arguments text\"",
                        "arguments , \"count\": 12, \"x\": [",
                        "arguments true]}",
                        "end");
    }

    @Test
    void brokenJsonIsContent() {
        for (String text : new String[] {
            "<tool_call>{\"name\": \"search\", \"arguments\": 5}</tool_call>",
            "<tool_call>{\"name\": \"search\", \"arguments\": \"hello\"}</tool_call>",
            "<tool_call>{'name': 'search'}</tool_call>",
            "<tool_call>{\"name\": }</tool_call>",
            "<tool_call>{\"arguments\": {}}</tool_call>",
            "<tool_call>[]</tool_call>",
            "<tool_call>hello</tool_call>",
            "<tool_call>{\"name\": \"search\""
        }) {
            AnswerSummary answer = parse(ToolFormat.HERMES, pieces(text, 1));
            assertThat(answer.content()).isEqualTo(text);
            assertThat(answer.calls()).isEmpty();
            assertThat(kinds(answer)).containsExactly(Diagnostic.Kind.UNPARSABLE_CALL);
        }
    }

    @Test
    void aCallThatBreaksOffIsClosedAndTheRestIsContent() {
        AnswerSummary answer =
                parse(ToolFormat.HERMES, "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": \"a\", oops}}");
        assertThat(calls(answer)).containsExactly("search {\"query\": \"a\"}");
        assertThat(answer.content()).isEqualTo(", oops}}");
        assertThat(answer.isWhole(0)).isFalse();
        answer = parse(
                ToolFormat.TOOLCALL_LIST, "<TOOLCALL>[{\"name\": \"search\", \"arguments\": {\"a\": {\"b\": [\"c");
        assertThat(calls(answer)).containsExactly("search {\"a\": {\"b\": [\"c\"]}}");
        assertThat(kinds(answer)).contains(Diagnostic.Kind.UNFINISHED_CALL);
        assertThat(answer.content()).isNull();
    }

    @Test
    void aRawLineBreakInAStringIsEscaped() {
        assertCalls(
                ToolFormat.HERMES,
                "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": \"a\nb\ud800\"}}</tool_call>",
                null,
                "search {\"query\": \"a\\nb\\ud800\"}");
    }

    @Test
    void argumentsAreComparedWithTheSchema() {
        AnswerSummary answer = parse(
                ToolFormat.HERMES,
                "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": 5}}</tool_call>"
                        + "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": \"a\", \"query\": \"b\"}}</tool_call>");
        assertThat(kinds(answer)).containsExactly(Diagnostic.Kind.MISTYPED_VALUE, Diagnostic.Kind.REPEATED_PARAMETER);
    }
}
