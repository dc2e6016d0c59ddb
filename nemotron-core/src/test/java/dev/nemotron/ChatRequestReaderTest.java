package dev.nemotron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestReaderTest {

    private static final String HELLO = "\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]";

    private static ChatRequest read(String more) {
        return ChatRequest.fromJson("{" + HELLO + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    private static Sampling sampling(String more) {
        Sampling ofModel = Sampling.builder().temperature(0.6).topP(0.95).build();
        return read(more).decoding().sampling().apply(ofModel);
    }

    @Test
    void aBareRequestIsWhatABuilderMakes() {
        ChatRequest read = read("");
        assertThat(read.messages()).containsExactly(ChatMessage.user("Hello"));
        assertThat(read.tools()).isEmpty();
        assertThat(read.toolChoice()).isEqualTo(ToolChoice.auto());
        assertThat(read.parallelToolCalls()).isTrue();
        assertThat(read.reasoning()).isEqualTo(Reasoning.DEFAULT);
        assertThat(read.outputFormat()).isNull();
        assertThat(read.rendering().generationPrompt()).isTrue();
        assertThat(read.decoding().maxTokens()).isEqualTo(Decoding.DEFAULT_MAX_TOKENS);
    }

    @Test
    void keysOfAMessageAreKeptForTheTemplate() {
        ChatRequest read = ChatRequest.fromJson(
                "{\"messages\": [{\"role\": \"user\", \"content\": null, \"mood\": {\"level\": 1.0}}]}");
        assertThat(read.messages().getFirst().fields())
                .containsEntry("mood", java.util.Map.of("level", 1.0))
                .containsKey("content");
    }

    @Test
    void samplingChangesOnlyWhatIsSaid() {
        assertThat(sampling("")).isEqualTo(sampling("\"temperature\": null"));
        assertThat(sampling("\"top_k\": 5").temperature()).isEqualTo(0.6);
        Sampling all = sampling("\"temperature\": 0.2, \"top_p\": 0.5, \"top_k\": 7, \"min_p\": 0.1, \"seed\": 3,"
                + "\"repeat_penalty\": 1.1, \"presence_penalty\": 0.3, \"frequency_penalty\": 0.4, \"min_tokens\": 2,"
                + "\"logit_bias\": {\"5\": -100, \"6\": 1.5}, \"dry_multiplier\": 0.8, \"xtc_probability\": 0.5");
        assertThat(all.temperature()).isEqualTo(0.2);
        assertThat(all.topK()).isEqualTo(7);
        assertThat(all.repetitionPenalty()).isEqualTo(1.1);
        assertThat(all.seed()).hasValue(3);
        assertThat(all.logitBias()).containsEntry(5, -100.0).containsEntry(6, 1.5);
        assertThat(all.dry().multiplier()).isEqualTo(0.8);
        assertThat(all.xtc().probability()).isEqualTo(0.5);
        assertThat(sampling("\"top_k\": -1, \"seed\": -1").seed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"none,OFF", "minimal,LOW", "low,LOW", "medium,MEDIUM", "high,ON"})
    void effortsAreModes(String effort, Reasoning.Mode mode) {
        assertThat(read("\"reasoning_effort\": \"" + effort + "\"").reasoning().mode())
                .isEqualTo(mode);
    }

    @Test
    void aBudgetHasTheGraceOfTheModelCards() {
        assertThat(read("\"reasoning_budget\": 10").reasoning().budget()).isEqualTo(new Reasoning.Budget(10, 500));
        assertThat(read("\"thinking_token_budget\": 0, \"reasoning_grace\": 0")
                        .reasoning()
                        .budget())
                .isEqualTo(new Reasoning.Budget(0, 0));
        assertThat(read("\"reasoning_budget\": -1").reasoning().budget()).isNull();
    }

    @Test
    void outputFormatsHaveManyNames() {
        assertThat(read("\"response_format\": {\"type\": \"text\"}").outputFormat())
                .isNull();
        assertThat(read("\"response_format\": {\"type\": \"json_object\"}").outputFormat())
                .isEqualTo(OutputFormat.json());
        OutputFormat schema = OutputFormat.jsonSchema("{\"type\": \"integer\"}");
        assertThat(read("\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {\"name\": \"n\","
                                + " \"schema\": {\"type\": \"integer\"}}}")
                        .outputFormat())
                .isEqualTo(schema);
        assertThat(read("\"guided_json\": \"{\\\"type\\\": \\\"integer\\\"}\"").outputFormat())
                .isEqualTo(schema);
        assertThat(read("\"guided_choice\": [\"a\", \"b\"]").outputFormat()).isEqualTo(OutputFormat.choice("a", "b"));
        assertThat(read("\"structured_outputs\": {\"regex\": \"a+\"}").outputFormat())
                .isEqualTo(OutputFormat.regex("a+"));
        assertThat(read("\"grammar\": \"root ::= [a]\"").outputFormat())
                .isEqualTo(OutputFormat.grammar("root ::= [a]"));
    }

    @Test
    void toolsAndTheirChoiceAreRead() {
        String tools =
                "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\", \"x\": 1, \"strict\": true}}]";
        ChatRequest read = read(tools + ", \"tool_choice\": {\"type\": \"function\", \"function\": {\"name\": \"f\"}}");
        assertThat(read.tools().getFirst().name()).isEqualTo("f");
        assertThat(read.tools().getFirst().strict()).isTrue();
        assertThat(read.tools().getFirst().definition().toString()).contains("x=1");
        assertThat(read.toolChoice()).isEqualTo(ToolChoice.named("f"));
        assertThat(read(tools + ", \"tool_choice\": \"none\"").toolChoice()).isEqualTo(ToolChoice.none());
    }

    @Test
    void whatEndsAnAnswerIsRead() {
        Decoding decoding = read("\"stop\": \"x\", \"stop_token_ids\": [7], \"ignore_eos\": true, \"max_tokens\": 9,"
                        + " \"max_completion_tokens\": 8, \"logprobs\": true, \"top_logprobs\": 3")
                .decoding();
        assertThat(decoding.stopStrings()).containsExactly("x");
        assertThat(decoding.stopTokens()).isEqualTo(Set.of(7));
        assertThat(decoding.ignoreEndTokens()).isTrue();
        assertThat(decoding.maxTokens()).isEqualTo(8);
        assertThat(decoding.logProbabilities()).isEqualTo(3);
        assertThat(read("\"stop\": [\"a\", \"b\"]").decoding().stopStrings()).isEqualTo(List.of("a", "b"));
        assertThat(read("\"logprobs\": true").decoding().logProbabilities()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|request",
                "{}|messages",
                "{\"messages\": 5}|messages",
                "{\"messages\": [5]}|messages[0]",
                "{\"messages\": [{\"content\": \"x\"}]}|messages[0].role",
                "{\"messages\": []}|messages",
                "{\"a\": 1, \"a\": 2}|request",
                "{\"messages|request",
            })
    void aRequestThatIsNoneSaysWhere(String json, String parameter) {
        assertThatThrownBy(() -> ChatRequest.fromJson(json))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.parameter()).isEqualTo(parameter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\": 2|n",
                "\"n\": \"2\"|n",
                "\"temperature\": \"hot\"|temperature",
                "\"temperature\": -1|sampling",
                "\"top_p\": 0|sampling",
                "\"max_tokens\": 0|max_tokens",
                "\"max_tokens\": 1.5|max_tokens",
                "\"stop\": [1]|stop[0]",
                "\"stop\": \"\"|stop",
                "\"tools\": [{}]|tools",
                "\"tools\": [{\"function\": {\"name\": \"f\", \"parameters\": []}}]|tools",
                "\"tool_choice\": \"maybe\"|tool_choice",
                "\"tool_choice\": \"required\"|tool_choice",
                "\"response_format\": {\"type\": \"yaml\"}|response_format.type",
                "\"reasoning_effort\": \"extreme\"|reasoning_effort",
                "\"chat_template\": \"x\"|chat_template",
                "\"top_logprobs\": 21|top_logprobs",
                "\"logit_bias\": {\"x\": 1}|logit_bias",
                "\"continue_final_message\": true, \"add_generation_prompt\": true|continue_final_message",
                "\"guided_json\": \"{\"|guided_json",
            })
    void aWrongValueSaysWhichAndWhatIsExpected(String more, String parameter) {
        assertThatThrownBy(() -> read(more))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.parameter()).isEqualTo(parameter));
    }

    @Test
    void onlyATrustedRequestBringsItsTemplate() {
        ChatRequest trusted = ChatRequest.fromTrustedJson("{" + HELLO + ", \"chat_template\": \"{{ 1 }}\"}", false);
        assertThat(trusted.rendering().template()).isEqualTo("{{ 1 }}");
    }

    @Test
    void aFinalMessageIsContinuedWithoutAGenerationPrompt() {
        assertThat(read("\"continue_final_message\": true").rendering().continued())
                .isEqualTo("content");
        assertThat(read("\"continue_final_message\": \"reasoning_content\"")
                        .rendering()
                        .generationPrompt())
                .isFalse();
    }

    @Test
    void whatIsNoJsonSaysWhereAndNothingOfTheParser() {
        for (String broken : List.of(
                "{\n  \"messages\": [{",
                "{\"messages\": [}",
                "[".repeat(100),
                "{\"messages\": [], \"x\": 1" + "0".repeat(2000) + "}")) {
            assertThatThrownBy(() -> ChatRequest.fromJson(broken))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("request: not valid JSON: ")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("REDACTED", "Source", "StreamReadConstraints", "`");
        }
        assertThatThrownBy(() -> ChatRequest.fromJson("{\n  \"messages\": [}"))
                .hasMessageEndingWith(", at line 2 column 16");
        assertThatThrownBy(() -> read("\"guided_json\": \"{\""))
                .hasMessageStartingWith("guided_json: not valid JSON: Unexpected end-of-input");
    }
}
