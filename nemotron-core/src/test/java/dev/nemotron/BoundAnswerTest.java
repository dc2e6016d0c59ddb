package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are bound to a form, from a model of random weights: the form alone makes them what they are. */
@Timeout(600)
class BoundAnswerTest {

    private static final String PERSON = "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"},"
            + " \"age\": {\"type\": \"integer\", \"minimum\": 0, \"maximum\": 150},"
            + " \"tags\": {\"type\": \"array\", \"items\": {\"enum\": [\"a\", \"b\"]}, \"maxItems\": 3}},"
            + " \"required\": [\"name\", \"age\"], \"additionalProperties\": false}";

    private record Form(OutputFormat format, Consumer<String> check) {}

    private static final List<Form> FORMS = List.of(
            new Form(
                    OutputFormat.json(),
                    text -> assertThat(Json.parse(text, "answer")).isInstanceOf(Map.class)),
            new Form(OutputFormat.jsonSchema(PERSON), BoundAnswerTest::isPerson),
            new Form(
                    OutputFormat.choice("yes", "no", "not yet"),
                    text -> assertThat(text).isIn("yes", "no", "not yet")),
            new Form(
                    OutputFormat.regex("[0-9]{3}-[0-9]{4}"),
                    text -> assertThat(text).matches("[0-9]{3}-[0-9]{4}")),
            new Form(
                    OutputFormat.grammar("root ::= \"(\" root \")\" | [a-c]+"),
                    text -> assertThat(text)
                            .matches("\\(*[a-c]+\\)*")
                            .satisfies(t -> assertThat(
                                            t.chars().filter(c -> c == '(').count())
                                    .isEqualTo(t.chars().filter(c -> c == ')').count()))));

    private static Model model;

    @BeforeAll
    static void load() {
        model = Model.load(
                TestData.folder("checkpoints/latent-mtp"),
                ModelOptions.builder().threads(2).maxSequences(16).build());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static void isPerson(String text) {
        Map<?, ?> person = (Map<?, ?>) Objects.requireNonNull(Json.parse(text, "answer"));
        assertThat(person.get("name")).isInstanceOf(String.class);
        assertThat((Long) person.get("age")).isBetween(0L, 150L);
        assertThat(List.of("name", "age", "tags").containsAll(person.keySet())).isTrue();
        if (person.get("tags") instanceof List<?> tags) {
            assertThat(tags).hasSizeLessThanOrEqualTo(3).allMatch(tag -> tag.equals("a") || tag.equals("b"));
        }
    }

    private static ChatRequest request(OutputFormat format, int maxTokens, long seed) {
        return ChatRequest.of(ChatMessage.user("Go"))
                .reasoning(Reasoning.off())
                .outputFormat(format)
                .sampling(Sampling.builder().temperature(1.5).seed(seed).build())
                .maxTokens(maxTokens)
                .build();
    }

    private static void generate(int count) throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Form form = FORMS.get(i % FORMS.size());
                // The shortest person takes 26 bytes, which is as many tokens in a vocabulary of bytes.
                ChatRequest request = request(form.format(), 30 + i % 50, i);
                answers.add(callers.submit(
                        () -> form.check().accept(model.chat(request).text())));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
    }

    @Test
    void everyAnswerHasItsFormHoweverFewTokensItMayHave() throws InterruptedException, ExecutionException {
        generate(300);
    }

    @Test
    @Tag("slow")
    void tenThousandAnswersHaveTheirForm() throws InterruptedException, ExecutionException {
        generate(10_000);
    }

    @Test
    void reasoningIsFreeAndTheAnswerBehindItIsBound() {
        ChatResult answer = model.chat(request(OutputFormat.choice("yes", "no"), 200, 7).toBuilder()
                .reasoning(Reasoning.DEFAULT.withBudget(20, 0))
                .build());
        assertThat(answer.usage().reasoningTokens()).isGreaterThanOrEqualTo(20);
        assertThat(answer.text()).isIn("yes", "no");
    }

    @Test
    void whatIsCertainIsNotDrawn() {
        ChatResult answer = model.chat(request(OutputFormat.choice("the only answer"), 200, 7).toBuilder()
                .logProbabilities(0)
                .build());
        assertThat(answer.text()).isEqualTo("the only answer");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.generation().logProbabilities())
                .allSatisfy(token -> assertThat(token.logProbability()).isZero());
    }

    @Test
    void boundAnswersAreRepeatable() {
        ChatRequest request = request(OutputFormat.jsonSchema(PERSON), 60, 11);
        assertThat(model.chat(request).generation().ids())
                .isEqualTo(model.chat(request).generation().ids());
    }

    /**
     * What the model is asked to fill in.
     *
     * @param name a text
     * @param age a number
     * @param tags some texts
     */
    record Person(String name, int age, List<String> tags) {}

    @Test
    void anAnswerCanBeARecord() {
        Answer<Person> answer = model.answer(
                ChatRequest.of(ChatMessage.user("Who?"))
                        .reasoning(Reasoning.off())
                        .sampling(Sampling.builder().temperature(1.5).seed(5).build())
                        .maxTokens(120)
                        .build(),
                Person.class);
        assertThat(answer.value().name()).isNotNull();
        assertThat(answer.value().tags()).isNotNull();
    }

    @Test
    void whatCannotBeEnforcedIsRefusedByNameAsAFaultOfTheRequest() {
        for (OutputFormat odd : List.of(OutputFormat.jsonSchema("{\"not\": {}}"), OutputFormat.regex("(?=not)b"))) {
            assertThatThrownBy(() -> model.chat(request(odd, 9, 1)))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            e -> assertThat(e.parameter()).isEqualTo("response_format"))
                    .hasMessageContaining("not");
        }
    }

    @Test
    void aFormThatFailsMidwayFailsItsOwnAnswerOnly() {
        StringBuilder alternatives = new StringBuilder("root ::= (\"a\" | \"b\") (");
        for (int i = 0; i < 70_000; i++) {
            alternatives.append(i == 0 ? "" : " | ").append("[x-z]");
        }
        ChatRequest doomed = ChatRequest.of(ChatMessage.user("Hello"))
                .outputFormat(OutputFormat.grammar(alternatives + ")"))
                .reasoning(Reasoning.off())
                .maxTokens(20)
                .build();
        GenerationRequest other = GenerationRequest.text("Hello")
                .maxTokens(400)
                .ignoreEndTokens(true)
                .build();
        try (Generation going = model.stream(other)) {
            assertThat(going.hasNext()).isTrue();
            assertThatThrownBy(() -> model.chat(doomed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("too ambiguous");
            assertThat(going.result().finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }
}
