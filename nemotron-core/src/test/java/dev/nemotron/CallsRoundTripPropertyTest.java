package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.json.Json;
import dev.nemotron.json.JsonWriter;
import dev.nemotron.output.AnswerFormat;
import dev.nemotron.output.AnswerParser;
import dev.nemotron.output.AnswerSink;
import dev.nemotron.output.AnswerSummary;
import dev.nemotron.output.ReasoningStart;
import dev.nemotron.output.ReasoningTags;
import dev.nemotron.output.ToolFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Calls that a template has written for an earlier turn are read as the same calls. */
class CallsRoundTripPropertyTest {

    private enum Written {
        NEMOTRON3("nemotron3", ToolFormat.XML_FUNCTION, "<|im_start|>assistant\n", "<|im_end|>"),
        NANO2("nano-v2", ToolFormat.TOOLCALL_LIST, "<SPECIAL_11>Assistant\n", "\n<SPECIAL_12>"),
        CHATML("chatml", ToolFormat.HERMES, "<|im_start|>assistant\n", "<|im_end|>"),
        LLAMA("llama", ToolFormat.LLAMA_JSON, "<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>");

        final String template;
        final ToolFormat format;
        final String begin;
        final String end;

        Written(String template, ToolFormat format, String begin, String end) {
            this.template = template;
            this.format = format;
            this.begin = begin;
            this.end = end;
        }
    }

    private static final Map<String, Class<?>> TYPES = Map.of(
            "text", String.class,
            "count", Long.class,
            "size", Double.class,
            "sure", Boolean.class,
            "more", Map.class,
            "list", List.class);

    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "text", Map.of("type", "string"),
                    "count", Map.of("type", "integer"),
                    "size", Map.of("type", "number"),
                    "sure", Map.of("type", "boolean"),
                    "more", Map.of("type", "object"),
                    "list", Map.of("type", "array")));

    private static final List<Tool> TOOLS =
            List.of(Tool.of("first", "does it", SCHEMA), Tool.of("second_2", "does more", SCHEMA));

    @Provide
    Arbitrary<List<ToolCall>> calls() {
        return Arbitraries.randomValue(CallsRoundTripPropertyTest::calls);
    }

    private static List<ToolCall> calls(Random random) {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            TYPES.forEach((name, type) -> {
                if (random.nextBoolean()) {
                    arguments.put(name, value(random, type));
                }
            });
            calls.add(new ToolCall("call_" + i, TOOLS.get(random.nextInt(2)).name(), JsonWriter.write(arguments)));
        }
        return calls;
    }

    private static Object value(Random random, Class<?> type) {
        while (true) {
            Object value = Conversations.value(random, 2);
            // Where a value holds the tags of a call, what follows them may make it the end of one.
            boolean tags = JsonWriter.write(value).matches(".*</?(parameter|function|tool_call).*");
            if (type.isInstance(value) && !tags) {
                return value;
            }
        }
    }

    @Property(tries = 300)
    void callsAreReadAsTheyWereWritten(@ForAll("calls") List<ToolCall> calls, @ForAll Written written)
            throws IOException {
        List<ToolCall> wanted = written == Written.LLAMA ? calls.subList(0, 1) : calls;
        AnswerFormat format = AnswerFormat.PLAIN
                .withReasoning(ReasoningTags.THINK, ReasoningStart.OPEN)
                .withTools(written.format, TOOLS);
        AnswerParser parser = new AnswerParser(format, new Nobody());
        parser.accept(answer(written, wanted));
        AnswerSummary read = parser.finish();

        assertThat(read.content()).isNull();
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.calls()).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(read.calls().get(i).name()).isEqualTo(wanted.get(i).name());
            assertThat(exact(Json.parse(read.calls().get(i).arguments(), "read")))
                    .isEqualTo(exact(Json.parse(wanted.get(i).arguments(), "wanted")));
        }
    }

    private static String answer(Written written, List<ToolCall> calls) throws IOException {
        String source = Files.readString(TestData.folder("template").resolve(written.template + ".jinja"));
        PromptRenderer renderer = PromptRenderer.withoutFolder(Map.of()).withTemplate(source, written.template);
        ChatMessage question = ChatMessage.user("Hi");
        ChatRequest asked =
                ChatRequest.of(question).rendering(Rendering.DEFAULT.ended()).build();
        String before = renderer.render(asked) + written.begin;
        String whole = renderer.render(asked.withMessages(List.of(question, ChatMessage.assistant("", null, calls))));
        assertThat(whole).startsWith(before);
        return whole.substring(before.length(), whole.lastIndexOf(written.end));
    }

    /** The same value with its numbers free of how they are written. */
    private static @Nullable Object exact(@Nullable Object value) {
        return switch (value) {
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case List<?> list ->
                list.stream().map(CallsRoundTripPropertyTest::exact).toList();
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> exact = new LinkedHashMap<>();
                map.forEach((key, item) -> exact.put(key, exact(item)));
                yield exact;
            }
            case null, default -> value;
        };
    }

    private static final class Nobody implements AnswerSink {
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
}
