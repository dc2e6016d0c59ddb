package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code chat --request}. */
class ChatRequestModeTest {

    private static final String MODEL = CommandRun.checkpoint("latent-mtp");
    private static final String HELLO =
            "\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"temperature\": 0, \"max_tokens\": 6";

    private static CommandRun answer(String request, String... options) {
        String[] command = {"chat", MODEL, "--request", "-"};
        String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return CommandRun.withInput(request, all);
    }

    @Test
    void theAnswerIsTheObjectOfTheApi() {
        CommandRun run = answer("{" + HELLO + "}", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Object> response = ParsedJson.object(run.out());
        assertThat(response).containsEntry("object", "chat.completion").containsEntry("model", "latent-mtp");
        List<Map<String, Object>> choices = ParsedJson.cast(response.get("choices"));
        assertThat(choices)
                .singleElement()
                .satisfies(choice -> assertThat(choice).containsEntry("finish_reason", "length"));
        assertThat(completionTokens(run)).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"--no-think, '', true", "--json, ', \"stream\": true', false"})
    void aStreamIsOneChunkALine(String option, String wish, boolean byOption) {
        String request = "{" + HELLO + ", \"reasoning_effort\": \"none\", \"stream_options\": {\"include_usage\": true}"
                + wish + "}";
        CommandRun run = byOption ? answer(request, "--json", "--stream", option) : answer(request, option);
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<String, Object>> chunks =
                run.out().lines().map(ParsedJson::object).toList();
        assertThat(chunks)
                .hasSizeGreaterThan(3)
                .allSatisfy(chunk -> assertThat(chunk).containsEntry("object", "chat.completion.chunk"));
        assertThat(chunks)
                .extracting(chunk -> chunk.get("id"))
                .containsOnly(chunks.getFirst().get("id"));
        assertThat(chunks.getLast()).containsEntry("choices", List.of()).containsKey("usage");
        String streamed = chunks.stream().map(ChatRequestModeTest::content).reduce("", String::concat);
        String plain = answer("{" + HELLO + "}", "--no-think").out();
        assertThat(streamed).isNotEmpty().isEqualTo(plain.strip());
    }

    private static String content(Map<String, Object> chunk) {
        List<Map<String, Object>> choices = ParsedJson.cast(chunk.get("choices"));
        if (choices.isEmpty()) {
            return "";
        }
        Map<String, Object> delta = ParsedJson.cast(choices.getFirst().get("delta"));
        return String.valueOf(delta.getOrDefault("content", ""));
    }

    @Test
    void optionsComeBeforeTheRequestWhereTheyAreGivenAndOnlyThere() {
        assertThat(completionTokens(answer("{" + HELLO + "}", "--json", "--max-tokens", "3")))
                .isEqualTo(3);
        assertThat(completionTokens(answer("{" + HELLO + "}", "--json", "--seed", "1")))
                .isEqualTo(6);
        CommandRun greedy = answer(
                "{" + HELLO.replace("\"temperature\": 0", "\"temperature\": 1.5") + "}",
                "--json",
                "--temperature",
                "0");
        assertThat(choices(greedy)).isEqualTo(choices(answer("{" + HELLO + "}", "--json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"messages": 3}                                                   | messages
                    {"messages": [{"role": "user", "content": "x"}], "n": 2}          | n
                    {"messages": [{"role": "user", "content": "x"}], "stream": "yes"} | stream
                    {"messages": [{"role": "user", "content": "x"}], "stream_options": 1} | stream_options
                    not JSON                                                          | JSON""")
    void aRequestThatIsNoneEndsWithTwoAndNamesTheKey(String request, String named) {
        CommandRun run = answer(request, "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(named);
    }

    @Test
    void aRequestMayBringItsOwnTemplate() {
        CommandRun run = CommandRun.withInput(
                "{" + HELLO + ", \"chat_template\": \"{{ messages[0].content }}\"}",
                "chat",
                CommandRun.checkpoint("latent-mtp"),
                "--request",
                "-",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Double> usage = ParsedJson.cast(ParsedJson.object(run.out()).get("usage"));
        assertThat(usage.get("prompt_tokens")).isLessThan(6);
    }

    @ParameterizedTest
    @CsvSource({"--system, x", "Hello, --json"})
    void messagesComeFromTheRequestAlone(String first, String second) {
        CommandRun run = answer("{" + HELLO + "}", first, second);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--request");
    }

    @Test
    void streamingIsAWishAboutRequests() {
        CommandRun run = CommandRun.of("chat", MODEL, "Hello", "--stream");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--request");
    }

    private static int completionTokens(CommandRun run) {
        Map<String, Double> usage = ParsedJson.cast(ParsedJson.object(run.out()).get("usage"));
        return usage.get("completion_tokens").intValue();
    }

    private static Object choices(CommandRun run) {
        return ParsedJson.object(run.out()).get("choices");
    }

    @Test
    void whateverTheReaderOfRequestsTakesIsAnswered() {
        CommandRun run = answer("{" + HELLO + ", \"unknown\": [Infinity, \"" + "x".repeat(200_000) + "\"]}", "--json");
        assertThat(run.code()).as(run.err()).isZero();
    }
}
