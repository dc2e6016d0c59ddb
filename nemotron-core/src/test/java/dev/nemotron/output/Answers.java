package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Answers parsed for tests: every stream is compared with its summary on the way. */
final class Answers {

    static final Tool SEARCH = tool("search", Map.of("query", Map.of("type", "string")), "query");

    /** A tool with a parameter of every type. */
    static final Tool EVERYTHING = tool(
            "everything",
            Map.of(
                    "text", Map.of("type", "string"),
                    "count", Map.of("type", "integer"),
                    "ratio", Map.of("type", "number"),
                    "flag", Map.of("type", "boolean"),
                    "items", Map.of("type", "array"),
                    "object", Map.of("type", "object"),
                    "maybe", Map.of("type", List.of("integer", "null"))));

    static final List<Tool> TOOLS = List.of(SEARCH, EVERYTHING);

    private Answers() {}

    static Tool tool(String name, Map<String, ?> properties, String... required) {
        Map<String, Object> schema = Map.of("type", "object", "properties", properties, "required", List.of(required));
        return new Tool(name, null, schema, false);
    }

    static AnswerFormat thinking() {
        return AnswerFormat.PLAIN.withReasoning(ReasoningTags.THINK, ReasoningStart.INSIDE);
    }

    static AnswerFormat tools(ToolFormat format) {
        return AnswerFormat.PLAIN.withTools(format, TOOLS);
    }

    static AnswerSummary parse(AnswerFormat format, String... pieces) {
        return stream(format, pieces).summary;
    }

    static AnswerSummary parse(ToolFormat format, String... pieces) {
        return parse(tools(format), pieces);
    }

    static Stream stream(AnswerFormat format, String... pieces) {
        Stream stream = new Stream();
        AnswerParser parser = new AnswerParser(format, stream, numbered());
        for (String piece : pieces) {
            parser.accept(piece);
        }
        stream.summary = parser.finish();
        stream.compare(format);
        return stream;
    }

    private static Supplier<String> numbered() {
        int[] count = {0};
        return () -> "call_" + count[0]++;
    }

    /** The answer in pieces of one length. */
    static String[] pieces(String text, int length) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += length) {
            pieces.add(text.substring(i, Math.min(text.length(), i + length)));
        }
        return pieces.toArray(String[]::new);
    }

    /** {@code name arguments}, for each call. */
    static List<String> calls(AnswerSummary summary) {
        return summary.calls().stream()
                .map(call -> call.name() + " " + call.arguments())
                .toList();
    }

    static List<Diagnostic.Kind> kinds(AnswerSummary summary) {
        return summary.diagnostics().stream().map(Diagnostic::kind).toList();
    }

    /** What came through a sink. */
    static final class Stream implements AnswerSink {

        final List<String> events = new ArrayList<>();
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder content = new StringBuilder();
        final List<String> calls = new ArrayList<>();
        final List<Diagnostic> diagnostics = new ArrayList<>();
        AnswerSummary summary = new AnswerSummary(null, null, List.of(), List.of());
        private StringBuilder call = new StringBuilder();
        private boolean open;

        @Override
        public void reasoning(String text) {
            assertThat(text).isNotEmpty();
            events.add("reasoning " + text);
            reasoning.append(text);
        }

        @Override
        public void content(String text) {
            assertThat(text).isNotEmpty();
            events.add("content " + text);
            content.append(text);
        }

        @Override
        public void callStarted(int index, String id, String name) {
            assertThat(open).isFalse();
            assertThat(index).isEqualTo(calls.size());
            assertThat(id).isEqualTo("call_" + index);
            open = true;
            events.add("call " + name);
            call = new StringBuilder(name).append(' ');
        }

        @Override
        public void callArguments(int index, String jsonFragment) {
            assertThat(open).isTrue();
            assertThat(index).isEqualTo(calls.size());
            assertThat(jsonFragment).isNotEmpty();
            events.add("arguments " + jsonFragment);
            call.append(jsonFragment);
        }

        @Override
        public void callEnded(int index) {
            assertThat(open).isTrue();
            assertThat(index).isEqualTo(calls.size());
            open = false;
            events.add("end");
            calls.add(call.toString());
        }

        @Override
        public void diagnostic(Diagnostic diagnostic) {
            diagnostics.add(diagnostic);
        }

        private void compare(AnswerFormat format) {
            assertThat(open).isFalse();
            assertThat(calls).isEqualTo(Answers.calls(summary));
            assertThat(diagnostics).isEqualTo(summary.diagnostics());
            assertThat(content.toString()).isEqualTo(summary.content() == null ? "" : summary.content());
            if (!format.contentRequired()) {
                assertThat(reasoning.toString()).isEqualTo(summary.reasoning() == null ? "" : summary.reasoning());
            }
        }
    }
}
