package dev.nemotron.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nemotron.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths and digests of prompts of published templates; see testdata/template/README.md. */
@EnabledIfSystemProperty(named = "nemotron.templates", matches = ".+")
class PublishedVectorsTest {

    private static final String NANO3 = "NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.jinja";
    private static final String LIGHTNING = "lightning35.jinja";
    private static final String NANO2 = "NVIDIA-Nemotron-Nano-v2.jinja";

    private static final String HI = "{'role': 'user', 'content': 'Hi'}";
    private static final String HISTORY = "[{'role': 'user', 'content': 'Q1'},"
            + " {'role': 'assistant', 'reasoning_content': 'R1', 'content': 'A1'}, {'role': 'user', 'content': 'Q2'},"
            + " {'role': 'assistant', 'content': '<think>#R2#</think>#A2'}, {'role': 'user', 'content': 'Q3'}]";
    private static final String TOOL = "[{'type': 'function', 'function': {'name': 'get_weather', 'description':"
            + " ' Get <b>weather</b> & ^air^ ', 'parameters': {'type': 'object', 'properties': {'city': {'type': 'string',"
            + " 'description': 'City name'}, 'days': {'type': ['integer', 'null'], 'minimum': 1}, 'unit': {'type':"
            + " 'string', 'enum': ['c', 'f']}, 'opts': {'type': 'object', 'properties': {'x': {'type': 'boolean',"
            + " 'default': true}}}}, 'required': ['city'], 'additionalProperties': false}}}]";
    private static final String CYCLE = "[{'role': 'user', 'content': 'Weather in Paris?'}, {'role': 'assistant',"
            + " 'reasoning_content': 'call it', 'content': '', 'tool_calls': [{'type': 'function', 'function': {'name':"
            + " 'get_weather', 'arguments': {'city': 'Paris', 'days': 2, 'flag': true, 'n': null, 'f': 1.0, 'opts':"
            + " {'x': true, 's': 'é<'}}}}, {'type': 'function', 'function': {'name': 'get_weather', 'arguments':"
            + " {'city': 'Oslo'}}}]}, {'role': 'tool', 'content': '{~t~: 20}'}, {'role': 'tool', 'content': '{~t~: 3}'}]";

    private static final Map<String, String> CONVERSATIONS = Map.of(
            "U", "[" + HI + "]",
            "SU", "[{'role': 'system', 'content': 'Be brief.'}, " + HI + "]",
            "BLANKS", "[{'role': 'system', 'content': '  S #'}, {'role': 'user', 'content': ' U #'}]",
            "ST", "[{'role': 'system', 'content': 'S'}, {'role': 'user', 'content': 'Weather in Paris?'}]",
            "TC", CYCLE,
            "H", HISTORY,
            "NO_THINK", "[{'role': 'system', 'content': '/no_think'}, " + HI + "]",
            "YO", "[" + HI + ", {'role': 'assistant', 'content': 'Yo'}]",
            "EMPTY",
                    "[{'role': 'user', 'content': 'Q'}, {'role': 'assistant', 'reasoning_content': 'R', 'content': ''},"
                            + " {'role': 'user', 'content': 'Q2'}]");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                NANO3 + ", U, {'enable_thinking': false}, 97, 80bddea55d4c0a27",
                NANO3 + ", SU, {}, 99, 7af1302f02f3df31",
                NANO3 + ", BLANKS, {}, 97, 5d77f1e69882bfe6",
                NANO3 + ", ST, tools, 1621, 40e5ba643dbe2485",
                NANO3 + ", TC, tools, 2163, a7e74560cd7c59db",
                NANO3 + ", H, {}, 252, b50ebbafba342a0e",
                NANO3 + ", H, {'truncate_history_thinking': false}, 260, ef9a89cd2b003de6",
                NANO3 + ", YO, {'add_generation_prompt': false}, 110, 44bfa0f6b4f3c716",
                NANO3 + ", EMPTY, {}, 167, 279b3680144f9dfa",
                LIGHTNING + ", ST, tools, 1621, 40e5ba643dbe2485",
                LIGHTNING + ", TC, tools, 2162, 9eb8a4787c01105b",
                LIGHTNING + ", H, {}, 251, ca34c67789de7ace",
                LIGHTNING + ", H, {'truncate_history_thinking': false}, 258, 18835c38cf7e53de",
                LIGHTNING + ", U, {'medium_effort': true}, 121, 904b6af2ad88d849",
                NANO2 + ", U, {}, 71, 271f5b3197295c72",
                NANO2 + ", NO_THINK, {}, 78, 293f74af5db0e164",
                NANO2 + ", TC, tools, 1415, f3c6c7949464c984",
                NANO2 + ", H, {}, 187, 9c091c719891423b"
            })
    void thePromptHasTheKnownDigest(String template, String conversation, String more, int length, String digest)
            throws IOException, NoSuchAlgorithmException {
        Path file = Path.of(System.getProperty("nemotron.templates")).resolve(template);
        assumeTrue(Files.exists(file), template + " is not in the folder");
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("messages", json(CONVERSATIONS.getOrDefault(conversation, "[]")));
        variables.put("tools", more.equals("tools") ? json(TOOL) : null);
        variables.put("add_generation_prompt", true);
        if (!more.equals("tools")) {
            variables.putAll(Goldens.object(json(more)));
        }
        String prompt = ChatTemplate.compile(Files.readString(file), template).render(variables);
        assertThat(prompt).hasSize(length);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(hash)).startsWith(digest);
    }

    /** JSON with quotes that suit Java: ' for ", ^ for ', ~ for an escaped ", # for an escaped line break. */
    private static @Nullable Object json(String text) {
        String quoted =
                text.replace('\'', '"').replace('^', '\'').replace("~", "\\\"").replace("#", "\\n");
        return Json.parse(quoted, "vector");
    }
}
