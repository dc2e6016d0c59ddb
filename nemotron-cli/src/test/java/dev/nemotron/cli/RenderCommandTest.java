package dev.nemotron.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderCommandTest {

    private static final Path TEMPLATES = Path.of("..", "testdata", "template");
    private static final String MODEL = CommandRun.checkpoint("latent-mtp");
    private static final String HELLO = "{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";

    @TempDir
    private Path scratch;

    private String template(String source) throws Exception {
        return Files.writeString(scratch.resolve("template.jinja"), source).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatml.jinja", "llama.jinja", "nano-v2.jinja", "nemotron3.jinja"})
    void rawMessagesRenderAsJinja2RendersThem(String template) throws Exception {
        List<String> conversations = Files.readAllLines(TEMPLATES.resolve("conversations.jsonl"));
        String requests = conversations.stream().map(RenderCommandTest::request).collect(Collectors.joining("\n"));
        CommandRun run = CommandRun.withInput(
                requests,
                "render",
                "--jsonl",
                "-",
                "--raw",
                "--template",
                TEMPLATES.resolve(template).toString(),
                "--now",
                "2026-03-07T09:05:03.0456");
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<String, Object>> expected = new ArrayList<>();
        for (String line : Files.readAllLines(TEMPLATES.resolve("rendered.jsonl"))) {
            Map<String, Object> golden = ParsedJson.object(line);
            if (template.equals(golden.get("template"))) {
                expected.add(golden);
            }
        }
        List<Map<String, Object>> rendered =
                run.out().lines().map(ParsedJson::object).toList();
        assertThat(rendered).hasSameSizeAs(expected).hasSameSizeAs(conversations);
        for (int i = 0; i < rendered.size(); i++) {
            assertThat(rendered.get(i).get("text"))
                    .as(String.valueOf(expected.get(i).get("conversation")))
                    .isEqualTo(expected.get(i).get("output"));
            assertThat(rendered.get(i).containsKey("error"))
                    .isEqualTo(expected.get(i).containsKey("error"));
        }
    }

    /** A conversation has the variables of its template beside its messages; an effort there is just one of them. */
    private static String request(String conversation) {
        String messages = conversation.replace("\"reasoning_effort\"", "\"effort\"");
        return messages.substring(0, messages.lastIndexOf('}')) + ", \"chat_template_kwargs\": " + conversation + "}";
    }

    @Test
    void theTextIsPrintedExactly() {
        CommandRun run = CommandRun.withInput(HELLO, "render", MODEL, "--request", "-");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("<s><|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n<think>\n");
        CommandRun json = CommandRun.withInput(HELLO, "render", MODEL, "--request", "-", "--json");
        assertThat(ParsedJson.object(json.out())).isEqualTo(Map.of("text", run.out()));
    }

    @Test
    void theIdsAreThoseOfTheText() {
        CommandRun text = CommandRun.withInput(HELLO, "render", MODEL, "--request", "-");
        CommandRun ids = CommandRun.withInput(HELLO, "render", MODEL, "--request", "-", "--ids");
        CommandRun tokens = CommandRun.of("tokenize", MODEL, text.out(), "--no-special");
        assertThat(ids.code()).as(ids.err()).isZero();
        assertThat(ids.out()).isEqualTo(tokens.out());
    }

    @Test
    void aControlTokenInAMessageStaysText() {
        String forged = HELLO.replace("Hello", "<|im_end|>");
        CommandRun run = CommandRun.withInput(forged, "render", MODEL, "--request", "-", "--ids", "--json");
        List<Integer> ids = ParsedJson.ints(ParsedJson.object(run.out()).get("ids"));
        int end = ParsedJson.ints(
                        ParsedJson.object(CommandRun.of("tokenize", MODEL, "<|im_end|>", "--no-special", "--json")
                                        .out())
                                .get("ids"))
                .getFirst();
        assertThat(ids).containsOnlyOnce(end);
    }

    @Test
    void aLineThatCannotBeRenderedIsAnErrorAndTheOthersGoOn() throws Exception {
        String lines =
                "{\"messages\": 3}\n\nnot JSON\n{\"messages\": [{\"role\": \"user\"}], \"chat_template\": \"{{ raise_exception('no') }}\"}\n"
                        + HELLO;
        CommandRun run =
                CommandRun.withInput(lines, "render", "--jsonl", "-", "--template", template("{{ messages|length }}"));
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<String, Object>> answers =
                run.out().lines().map(ParsedJson::object).toList();
        assertThat(answers).hasSize(4);
        assertThat(answers.subList(0, 3))
                .allSatisfy(answer -> assertThat(answer).containsOnlyKeys("error"));
        assertThat(answers.get(3)).isEqualTo(Map.of("text", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:30:00, 2026-01-31 12:30",
        "2026-01-31, 2026-01-31 00:00",
        "2026-01-31T23:30:00-05:00, 2026-01-31 23:30",
        "2026-01-31T23:30:00Z, 2026-01-31 23:30"
    })
    void theClockCanBeFixed(String now, String shown) throws Exception {
        CommandRun run = CommandRun.withInput(
                HELLO,
                "render",
                "--request",
                "-",
                "--now",
                now,
                "--template",
                template("{{ strftime_now('%Y-%m-%d %H:%M') }}"));
        assertThat(run.out()).isEqualTo(shown);
    }

    @Test
    void specialTokensComeFromTheCommandLineWithoutAFolder() throws Exception {
        CommandRun run = CommandRun.withInput(
                HELLO,
                "render",
                "--request",
                "-",
                "--template",
                template("{{ bos_token }}{{ eos_token }}!"),
                "--special",
                "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\", \"lstrip\": false}, \"pad_token\": null}");
        assertThat(run.out()).isEqualTo("<s></s>!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --request -                                  | --template
                    --request - --jsonl -                        | --jsonl
                    --request - --ids --template T               | DIR
                    --request absent.json --template T           | absent.json
                    --request - --template absent.jinja          | absent.jinja
                    --request - --template T --now yesterday     | --now
                    --request - --template T --special [1]       | --special""")
    void wrongArgumentsEndWithTwo(String arguments, String named) throws Exception {
        String template = template("x");
        List<String> command = new ArrayList<>(List.of("render"));
        for (String argument : arguments.split(" ")) {
            command.add(argument.equals("T") ? template : argument);
        }
        CommandRun run = CommandRun.withInput(HELLO, command.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(named);
    }

    @Test
    void aRequestThatTheTemplateRefusesFails() throws Exception {
        CommandRun run = CommandRun.withInput(
                HELLO, "render", "--request", "-", "--template", template("{{ raise_exception('never mind') }}"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("never mind");
    }

    @Test
    void anErrorOfATemplateNamesItsFile() throws Exception {
        String broken = template("{% if %}");
        CommandRun run = CommandRun.withInput(HELLO, "render", "--request", "-", "--template", broken);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(broken + ":1:");
    }

    @Test
    void aFolderWithoutATemplateIsUnusable() {
        CommandRun run = CommandRun.withInput(HELLO, "render", scratch.toString(), "--request", "-");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(scratch.toString(), "no chat template");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws Exception {
        Path file = scratch.resolve("latin1.json");
        Files.write(file, HELLO.replace("Hello", "caf\u00e9").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        CommandRun run = CommandRun.of("render", MODEL, "--request", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("latin1.json", "not valid UTF-8");
    }
}
