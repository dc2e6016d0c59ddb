package dev.nemotron.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.ChatResult;
import dev.nemotron.FinishReason;
import dev.nemotron.Model;
import dev.nemotron.OutputFormat;
import dev.nemotron.Reasoning;
import dev.nemotron.Sampling;
import dev.nemotron.Tool;
import dev.nemotron.ToolCall;
import dev.nemotron.ToolChoice;
import dev.nemotron.ToolLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Tools, budgets and sessions on a trained model, through the API. */
@SuppressWarnings("NullAway.Init")
class ConversationTest {

    /** Share of right calls, in percent; a little below what the model reaches. */
    private static final double CALLS_FLOOR = 72;

    private static final Tool WEATHER = Tool.of(
            "get_weather",
            "Get the weather",
            Map.of(
                    "type", "object",
                    "properties", Map.of("city", Map.of("type", "string", "description", "City name")),
                    "required", List.of("city")));
    private static final Pattern ARGUMENT = Pattern.compile("<parameter=(.*?)>\n(.*?)\n</parameter>", Pattern.DOTALL);

    private static Model model;

    @BeforeAll
    static void load() {
        model = Model.load(TinyModel.path());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static ChatRequest greedy(HeldOut prompt) {
        return ChatRequest.fromJson(prompt.request()).toBuilder()
                .sampling(Sampling.GREEDY)
                .maxTokens(160)
                .build();
    }

    @Test
    void promptsAreThoseOfTraining() throws IOException {
        for (HeldOut prompt : HeldOut.all()) {
            String text = model.render(greedy(prompt));
            assertThat(model.tokenize(text, false)).as(text).isEqualTo(prompt.prompt());
        }
    }

    @Test
    void callsOfUnseenRequestsAreRight() throws IOException {
        int right = 0;
        int all = 0;
        for (HeldOut prompt : HeldOut.all()) {
            if (prompt.task().equals("tool_call")) {
                List<ToolCall> calls = model.chat(greedy(prompt)).toolCalls();
                boolean one = calls.size() == 1
                        && prompt.expected()
                                .contains("<function=" + calls.getFirst().name() + ">")
                        && strings(calls.getFirst().arguments()).equals(expectedArguments(prompt.expected()));
                right += one ? 1 : 0;
                all++;
            }
        }
        System.out.printf(Locale.ROOT, "right calls %d of %d%n", right, all);
        assertThat(100.0 * right / all).isGreaterThanOrEqualTo(CALLS_FLOOR);
    }

    private static Map<String, String> expectedArguments(String expected) {
        Map<String, String> arguments = new java.util.HashMap<>();
        Matcher matcher = ARGUMENT.matcher(expected);
        while (matcher.find()) {
            arguments.put(matcher.group(1), matcher.group(2));
        }
        return arguments;
    }

    /** The values of a flat JSON object as text. */
    private static Map<String, String> strings(String json) {
        Map<String, String> values = new java.util.HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                values.put(key, parser.getString());
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oslo", "Rome", "Lima", "Tokyo"})
    void whatAToolTellsEndsUpInTheAnswer(String city) {
        List<String> asked = new ArrayList<>();
        int told = 10 + city.length();
        ToolLoop loop = ToolLoop.builder(model)
                .tool(WEATHER, call -> {
                    asked.add(call.arguments());
                    return "{\"temperature\": " + told + "}";
                })
                .build();
        ToolLoop.Outcome outcome = loop.run(ChatRequest.of(ChatMessage.user("Please get the weather in " + city + "."))
                .sampling(Sampling.GREEDY)
                .build());
        assertThat(outcome.ending()).isEqualTo(ToolLoop.Ending.ANSWERED);
        assertThat(asked).containsExactly("{\"city\": \"" + city + "\"}");
        assertThat(outcome.answer().text()).contains(Integer.toString(told));
        assertThat(outcome.rounds()).isEqualTo(2);
        assertThat(outcome.messages()).hasSize(4);
        assertThat(outcome.answer().usage().cachedTokens()).isPositive();
    }

    @Test
    void aCallThatIsRequiredComesWhateverWasSaid() {
        for (String text : List.of("Hello", "What is 2 + 2?", "Who are you?")) {
            ChatResult answer = model.chat(ChatRequest.of(ChatMessage.user(text))
                    .tools(List.of(WEATHER))
                    .toolChoice(ToolChoice.named("get_weather"))
                    .parallelToolCalls(false)
                    .sampling(Sampling.builder().temperature(1.5).seed(3).build())
                    .build());
            assertThat(answer.finishReason()).as(text).isEqualTo(FinishReason.TOOL_CALLS);
            assertThat(answer.toolCalls()).hasSize(1);
            assertThat(strings(answer.toolCalls().getFirst().arguments())).containsOnlyKeys("city");
            assertThat(answer.remarks()).isEmpty();
        }
    }

    @Test
    void aStrictToolIsCalledAfterItsSchemaOrNotAtAll() {
        Tool strict = new Tool("get_weather", "Get the weather", WEATHER.parameters(), true);
        int called = 0;
        for (int seed = 0; seed < 20; seed++) {
            ChatResult answer = model.chat(ChatRequest.of(ChatMessage.user("Please get the weather in Oslo."))
                    .tools(List.of(strict))
                    .sampling(Sampling.builder().temperature(1.5).seed(seed).build())
                    .build());
            for (ToolCall call : answer.toolCalls()) {
                assertThat(call.name()).isEqualTo("get_weather");
                assertThat(strings(call.arguments())).containsOnlyKeys("city");
                called++;
            }
            assertThat(answer.remarks()).isEmpty();
        }
        assertThat(called).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100})
    void aBudgetIsKeptToTheToken(int budget) {
        int longestEnd = model.tokenize(".\n\n</think>", false).size();
        for (int sum = 0; sum < 5; sum++) {
            ChatRequest request = ChatRequest.of(ChatMessage.user("What is " + (347 + sum) + " + 285?"))
                    .sampling(Sampling.GREEDY)
                    .reasoning(Reasoning.on().withBudget(budget, 0))
                    .build();
            ChatResult answer = model.chat(request);
            int reasoned = answer.usage().reasoningTokens();
            if (answer.reasoningTruncated()) {
                assertThat(reasoned).isGreaterThan(budget).isLessThanOrEqualTo(budget + longestEnd);
            } else {
                assertThat(reasoned).isLessThanOrEqualTo(budget);
            }
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.text()).isNotBlank();
        }
    }

    @Test
    void aBudgetEndsWithTheLineThatItIsSpentIn() {
        ChatResult answer = model.chat(ChatRequest.of(ChatMessage.user("What is 347 + 285?"))
                .sampling(Sampling.GREEDY)
                .reasoning(Reasoning.budget(10))
                .build());
        assertThat(answer.reasoningTruncated()).isTrue();
        assertThat(answer.reasoning()).isEqualTo("Units: 7+5+0=12, write 2, carry 1.");
    }

    private static void boundAnswers(int count) throws InterruptedException, ExecutionException {
        OutputFormat format = OutputFormat.jsonSchema(
                "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}, \"age\": {\"type\": \"integer\"}},"
                        + " \"required\": [\"name\", \"age\"], \"additionalProperties\": false}");
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ChatRequest request = ChatRequest.of(ChatMessage.user("Mira is 34. Extract name and age as JSON."))
                        .reasoning(Reasoning.off())
                        .outputFormat(format)
                        .sampling(Sampling.builder().temperature(1.5).seed(i).build())
                        .maxTokens(40 + i % 40)
                        .build();
                answers.add(callers.submit(() -> model.chat(request).text()));
            }
            for (Future<String> answer : answers) {
                assertThat(strings(answer.get())).containsOnlyKeys("name", "age");
            }
        }
    }

    @Test
    void boundAnswersHaveTheirFormAtAnyTemperature() throws InterruptedException, ExecutionException {
        boundAnswers(200);
    }

    @Test
    @Tag("slow")
    void tenThousandBoundAnswersHaveTheirForm() throws InterruptedException, ExecutionException {
        boundAnswers(10_000);
    }
}
