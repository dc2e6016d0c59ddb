package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class AnswerParserPropertyTest {

    private static final JsonFactory STRICT = new JsonFactory();

    private static final List<String> FRAGMENTS = List.of(
            "<think>",
            "</think>",
            "<tool_call>",
            "</tool_call>",
            "<function=search>",
            "<function=other>",
            "</function>",
            "<parameter=query>",
            "<parameter=count>",
            "<parameter=object>",
            "</parameter>",
            "<TOOLCALL>",
            "</TOOLCALL>",
            "<|python_tag|>",
            "<|channel|>",
            "analysis",
            "final",
            "commentary to=functions.search",
            "<|message|>",
            "<|end|>",
            "<|call|>",
            "<|start|>assistant",
            "{\"name\": \"search\", \"arguments\": {",
            "\"query\": \"",
            "\"name\":",
            "\"search\"",
            "\"arguments\":",
            "\"parameters\": {",
            "\"a\": 1",
            "{",
            "}",
            "}}",
            "[",
            "]",
            "\"",
            "\\\"",
            "\\",
            ":",
            ",",
            ";",
            "1.5e3",
            "-",
            "true",
            "nul",
            "\n",
            " ",
            "\n\n",
            "<",
            ">",
            "</",
            "'",
            "\ud83d",
            "\ude00",
            "é",
            "\u0000",
            "{'a': None}");

    private static final List<String> WORDS = List.of("alpha", "bravo", "delta", "gamma", "omega");

    @Provide
    Arbitrary<AnswerFormat> formats() {
        Arbitrary<ReasoningStart> starts = Arbitraries.of(ReasoningStart.class);
        return Arbitraries.of(ToolFormat.class)
                .flatMap(
                        format -> starts.map(start -> Answers.tools(format).withReasoning(ReasoningTags.THINK, start)));
    }

    @Provide
    Arbitrary<String> texts() {
        List<String> all = new ArrayList<>(FRAGMENTS);
        all.addAll(WORDS);
        return Arbitraries.of(all).list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    /** Texts that begin as calls do. */
    @Provide
    Arbitrary<String> callLikeTexts() {
        Arbitrary<String> beginnings = Arbitraries.of(
                "</think><tool_call>\n<function=search>\n<parameter=query>\n",
                "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": \"",
                "<tool_call>\"{\\\"name\\\": \\\"search\\\", \\\"arguments\\\": {",
                "<TOOLCALL>[{\"name\": \"search\", \"arguments\": \"{\\\"query\\\": ",
                "{\"name\": \"search\", \"parameters\": {\"query\": \"",
                "<|channel|>commentary to=functions.search<|message|>{\"query\": ");
        return beginnings.flatMap(beginning -> texts().map(text -> beginning + text));
    }

    private static String[] cut(String text, long seed) {
        Random random = new Random(seed);
        List<String> pieces = new ArrayList<>();
        int longest = 1 + random.nextInt(20);
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(longest + 1));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces.toArray(String[]::new);
    }

    private static void requireSameInPieces(AnswerFormat format, String text, long seed) {
        AnswerSummary whole = Answers.parse(format, text);
        assertThat(Answers.parse(format, cut(text, seed))).isEqualTo(whole);
        assertThat(Answers.parse(format, Answers.pieces(text, 1))).isEqualTo(whole);
        for (ToolCall call : whole.calls()) {
            requireJsonObject(call.arguments());
        }
    }

    private static void requireJsonObject(String json) {
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), json)) {
            assertThat(parser.nextToken()).isEqualTo(tools.jackson.core.JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Property(tries = 3000)
    void theResultDoesNotDependOnHowTheTextIsCut(
            @ForAll("formats") AnswerFormat format, @ForAll("texts") String text, @ForAll long seed) {
        requireSameInPieces(format, text, seed);
    }

    @Property(tries = 3000)
    void theResultOfCallsDoesNotDependOnHowTheTextIsCut(
            @ForAll("formats") AnswerFormat format, @ForAll("callLikeTexts") String text, @ForAll long seed) {
        requireSameInPieces(format, text, seed);
    }

    @Property(tries = 1000)
    void anyTextAtAllIsTaken(@ForAll("formats") AnswerFormat format, @ForAll String text, @ForAll long seed) {
        requireSameInPieces(format, text, seed);
    }

    @Property(tries = 3000)
    void noWordIsLost(@ForAll("formats") AnswerFormat format, @ForAll("texts") String text) {
        requireWords(format, text);
    }

    @Property(tries = 3000)
    void noWordOfACallIsLost(@ForAll("formats") AnswerFormat format, @ForAll("callLikeTexts") String text) {
        requireWords(format, text);
    }

    private static void requireWords(AnswerFormat format, String text) {
        AnswerSummary answer = Answers.parse(format, text);
        String found = answer.reasoning() + answer.content() + answer.calls() + answer.diagnostics();
        for (String word : WORDS) {
            assertThat(count(found, word)).as(word).isGreaterThanOrEqualTo(count(text, word));
        }
    }

    private static int count(String text, String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            count++;
        }
        return count;
    }

    @Property(tries = 500)
    void aTextArgumentComesBackAsItWasWritten(@ForAll String value, @ForAll long seed) {
        String text = "<tool_call>\n<function=search>\n<parameter=query>\n" + value + "\n</parameter>\n</function>\n"
                + "</tool_call>";
        AnswerSummary answer = Answers.parse(Answers.tools(ToolFormat.XML_FUNCTION), cut(text, seed));
        assertThat(answer.calls()).hasSize(1);
        assertThat(dev.nemotron.json.Json.parse(answer.calls().getFirst().arguments(), "arguments"))
                .isEqualTo(java.util.Map.of("query", value));
    }
}
