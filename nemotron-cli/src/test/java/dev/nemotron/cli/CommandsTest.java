package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of a conversation, read from a pipe. */
class CommandsTest {

    private static final String MODEL = CommandRun.checkpoint("latent-mtp");
    private static final String TOOLS = """
            [{"type": "function", "function": {"name": "get_weather", "description": "Get the weather of a city",
              "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]""";

    @TempDir
    private Path scratch;

    private static CommandRun conversation(String lines, String... options) {
        String[] command = {"chat", MODEL, "--max-tokens", "4", "--temperature", "0"};
        String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return CommandRun.withInput(lines, all);
    }

    @Test
    void helpNamesEveryCommand() {
        CommandRun run = conversation("/help\n");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Commands.WORDS)
                .filteredOn(word -> !word.equals("/help"))
                .allSatisfy(word -> assertThat(run.err()).contains(word));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /frobnicate x     | there is no command /frobnicate; /help
                    /budget           | /budget takes a number
                    /budget -1        | /budget takes a number
                    /reasoning        | show or hide
                    /tools            | takes a file
                    /tools absent.json| absent.json
                    /save             | takes a file
                    /save x.json      | nothing has been said""")
    void whatCannotBeFollowedIsNotSentToTheModel(String command, String explained) {
        CommandRun run = conversation(command + "\nHello\n", "--json");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(explained);
    }

    @Test
    void aMessageThatBeginsWithASlashIsTypedWithTwo() throws Exception {
        assertThat(messages(saved("//etc/hosts\n"))).first().isEqualTo(Map.of("role", "user", "content", "/etc/hosts"));
    }

    @Test
    void instructionsChangeInTheMiddleOfAConversation() throws Exception {
        List<Map<String, Object>> messages = messages(saved("/system Be brief.\nHello\n/system Be  wordy.\nAgain\n"));
        assertThat(messages)
                .extracting(message -> message.get("role"))
                .containsExactly("system", "user", "assistant", "user", "assistant");
        assertThat(messages.getFirst()).containsEntry("content", "Be  wordy.");
        assertThat(messages(saved("/system Be brief.\nHello\n/system\n"))).hasSize(2);
    }

    @Test
    void resettingKeepsInstructionsAndSettings() throws Exception {
        Map<String, Object> request = saved("/system Be brief.\n/nothink\nHello\n/reset\nAgain\n");
        assertThat(messages(request))
                .extracting(message -> message.get("content"))
                .startsWith("Be brief.", "Again");
        assertThat(messages(request)).hasSize(3);
        assertThat(request).containsEntry("reasoning_effort", "none");
    }

    @Test
    void aSavedConversationIsARequestAgain() throws Exception {
        Path tools = Files.writeString(scratch.resolve("tools.json"), TOOLS);
        Path file = scratch.resolve("saved.json");
        CommandRun saving = CommandRun.withInput(
                "/tools " + tools + "\n/think\n/budget 7\nHello\n/save " + file + "\n",
                "chat",
                "--max-tokens",
                "4",
                "--temperature",
                "0",
                "--seed",
                "3",
                "--stop",
                "xyz");
        assertThat(saving.code()).as(saving.err()).isZero();
        Map<String, Object> request = ParsedJson.file(file);
        assertThat(request)
                .containsEntry("reasoning_effort", "high")
                .containsEntry("reasoning_budget", 7.0)
                .containsEntry("max_tokens", 4.0)
                .containsEntry("temperature", 0.0)
                .containsEntry("seed", 3.0)
                .containsEntry("stop", List.of("xyz"));
        assertThat(ParsedJson.<List<Object>>cast(request.get("tools"))).hasSize(1);
        CommandRun answering = CommandRun.of("chat", "--request", file.toString(), "--json");
        assertThat(answering.code()).as(answering.err()).isZero();
        assertThat(ParsedJson.object(answering.out())).containsEntry("object", "chat.completion");
    }

    @Test
    void statisticsCountTheTokensOfAllTurns() {
        CommandRun run = conversation("/stats\nHello\nHello\n/stats\n");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("answers     0", "nothing held yet", "answers     2", "tokens out  8, ")
                .containsPattern("tokens in   \\d\\d+, [1-9]\\d* of them kept");
    }

    @Test
    void theResultOfACallIsTheNextLine() throws Exception {
        Path tools = Files.writeString(scratch.resolve("tools.json"), TOOLS);
        Path file = scratch.resolve("saved.json");
        CommandRun run = CommandRun.withInput(
                "/tools " + tools + "\nWhat is the weather in Oslo?\n{\"temperature\": 7}\n/save " + file + "\n",
                "chat",
                "--temperature",
                "0");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("get_weather({\"city\": \"Oslo\"})\n").contains("7");
        List<Map<String, Object>> messages = messages(ParsedJson.file(file));
        assertThat(messages)
                .extracting(message -> message.get("role"))
                .containsExactly("user", "assistant", "tool", "assistant");
        assertThat(messages.get(2))
                .containsEntry("content", "{\"temperature\": 7}")
                .containsKey("tool_call_id");
    }

    @Test
    void toolsThatTheModelWouldNotSeeAreRefused() throws Exception {
        Path tools = Files.writeString(scratch.resolve("tools.json"), TOOLS);
        CommandRun run = conversation("/tools " + tools + "\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("does not show tools");
    }

    private Map<String, Object> saved(String lines) {
        Path file = scratch.resolve("saved.json");
        CommandRun run = conversation(lines + "/save " + file + "\n");
        assertThat(run.code()).as(run.err()).isZero();
        return ParsedJson.file(file);
    }

    private static List<Map<String, Object>> messages(Map<String, Object> request) {
        return ParsedJson.cast(request.get("messages"));
    }
}
