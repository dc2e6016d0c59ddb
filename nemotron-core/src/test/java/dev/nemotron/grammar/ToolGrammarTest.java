package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.OutputFormat;
import dev.nemotron.Tool;
import dev.nemotron.grammar.ToolGrammar.Start;
import dev.nemotron.json.Json;
import dev.nemotron.output.ToolFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolGrammarTest {

    private static final TokenTrie SPELLED = Vocabularies.plain();
    private static final TokenTrie MARKED = Vocabularies.withMarkers("<tool_call>", "</tool_call>");

    private static final Tool WEATHER = tool("get_weather", """
            {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1},
            "unit": {"enum": ["celsius", "kelvin"]}, "where": {"type": "object", "properties": {"x": {"type": "number"}},
            "required": ["x"], "additionalProperties": false}, "note": {"type": ["string", "null"]},
            "flags": {"type": "array", "items": {"type": "boolean"}}}, "required": ["city", "days"]}""", true);

    private static final Tool PING = tool("ping", "{}", true);

    private static Tool tool(String name, String schema, boolean strict) {
        return new Tool(name, null, ((OutputFormat.JsonSchema) OutputFormat.jsonSchema(schema)).schema(), strict);
    }

    private record Call(String name, Map<String, @Nullable Object> arguments) {}

    private static boolean accepts(
            TokenTrie vocabulary, ToolFormat format, Start start, boolean parallel, String text) {
        return Walks.acceptsTokens(
                ToolGrammar.compile(vocabulary, format, List.of(WEATHER, PING), start, parallel), text);
    }

    private static final String XML =
            "<tool_call>\n<function=get_weather>\n<parameter=city>\nNew\nYork \"x\" </parameter>\n</parameter>\n"
                    + "<parameter=days>\n3\n</parameter>\n<parameter=where>\n{\"x\": 1.5}\n</parameter>\n</function>\n</tool_call>";

    @Test
    void callsOfNemotron3AreWrittenLineByLine() {
        String ping = "<tool_call>\n<function=ping>\n</function>\n</tool_call>";
        ToolFormat xml = ToolFormat.XML_FUNCTION;
        assertThat(accepts(SPELLED, xml, Start.CALL, false, XML)).isTrue();
        assertThat(accepts(SPELLED, xml, Start.CALL, true, XML + "\n" + ping)).isTrue();
        assertThat(accepts(SPELLED, xml, Start.CALL, true, XML + "\n" + ping + "\n"))
                .isTrue();
        assertThat(accepts(SPELLED, xml, Start.CALL, false, XML + "\n" + ping)).isFalse();
        assertThat(accepts(SPELLED, xml, Start.CALL, false, "Hello\n" + XML)).isFalse();
        assertThat(accepts(SPELLED, xml, Start.AFTER_OPENER, false, XML.substring("<tool_call>".length())))
                .isTrue();
    }

    @Test
    void argumentsKeepToTheSchema() {
        for (String wrong : List.of(
                XML.replace("get_weather", "get_wether"),
                XML.replace("\n3\n", "\n0\n"),
                XML.replace("\n3\n", "\n\"3\"\n"),
                XML.replace("{\"x\": 1.5}", "{}"),
                XML.replace("<parameter=days>\n3\n</parameter>\n", ""),
                XML.replace("parameter=where", "parameter=here"),
                XML.replace("<parameter=where>\n{\"x\": 1.5}", "<parameter=unit>\ncelsiu"))) {
            assertThat(accepts(SPELLED, ToolFormat.XML_FUNCTION, Start.CALL, false, wrong))
                    .as(wrong)
                    .isFalse();
        }
        String unit = XML.replace("<parameter=where>\n{\"x\": 1.5}", "<parameter=unit>\nkelvin");
        assertThat(accepts(SPELLED, ToolFormat.XML_FUNCTION, Start.CALL, false, unit))
                .isTrue();
        String note = XML.replace("<parameter=where>\n{\"x\": 1.5}", "<parameter=note>\nnull");
        assertThat(accepts(SPELLED, ToolFormat.XML_FUNCTION, Start.CALL, false, note))
                .isTrue();
    }

    @Test
    void otherFormatsAreJson() {
        String arguments = "{\"city\": \"a\\n\", \"days\": 2}";
        String call = "{\"name\": \"get_weather\", \"arguments\": " + arguments + "}";
        String ping = "{\"name\": \"ping\", \"arguments\": {}}";
        String list = "<TOOLCALL>[" + call + ", " + ping + "]</TOOLCALL>";
        assertThat(accepts(SPELLED, ToolFormat.TOOLCALL_LIST, Start.CALL, true, list))
                .isTrue();
        assertThat(accepts(SPELLED, ToolFormat.TOOLCALL_LIST, Start.CALL, false, list))
                .isFalse();
        assertThat(accepts(SPELLED, ToolFormat.TOOLCALL_LIST, Start.CALL, true, "<TOOLCALL>[]</TOOLCALL>"))
                .isFalse();
        String hermes = "<tool_call>\n" + call + "\n</tool_call>";
        assertThat(accepts(SPELLED, ToolFormat.HERMES, Start.CALL, false, hermes))
                .isTrue();
        assertThat(accepts(SPELLED, ToolFormat.HERMES, Start.CALL, true, hermes + "\n" + hermes))
                .isTrue();
        assertThat(accepts(SPELLED, ToolFormat.HERMES, Start.CALL, false, hermes.replace("\"city\"", "\"town\"")))
                .isFalse();
        String llama = call.replace("arguments", "parameters");
        assertThat(accepts(SPELLED, ToolFormat.LLAMA_JSON, Start.CALL, false, llama))
                .isTrue();
        assertThat(accepts(SPELLED, ToolFormat.LLAMA_JSON, Start.CALL, false, "<|python_tag|>" + llama))
                .isTrue();
        assertThat(accepts(SPELLED, ToolFormat.LLAMA_JSON, Start.CALL, true, llama + "; " + llama))
                .isTrue();
    }

    @Test
    void aMarkerThatIsATokenIsThatTokenAndNothingElse() {
        Grammar grammar = ToolGrammar.compile(MARKED, ToolFormat.XML_FUNCTION, List.of(PING), Start.CALL, false);
        Matcher matcher = grammar.matcher(Vocabularies.END);
        int opener = MARKED.marker("<tool_call>");
        assertThat(matcher.allows(opener)).isTrue();
        assertThat(matcher.allows('<')).isFalse();
        int[] forced = matcher.forced();
        assertThat(forced[0]).isEqualTo(opener);
        assertThat(forced[forced.length - 1]).isEqualTo(MARKED.marker("</tool_call>"));
        for (int token : forced) {
            matcher.accept(token);
        }
        assertThat(matcher.exhausted()).isTrue();
    }

    private static List<ToolFormat> bindable() {
        return Arrays.stream(ToolFormat.values())
                .filter(format -> format.opener() != null)
                .toList();
    }

    @Test
    void aNameThatCallsCannotCarryIsRefused() {
        Tool odd = Tool.of(Map.of("name", "a>b", "parameters", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ToolGrammar.compile(SPELLED, ToolFormat.XML_FUNCTION, List.of(odd), Start.CALL, false))
                .withMessageContaining("a>b");
        assertThat(Walks.acceptsTokens(
                        ToolGrammar.compile(SPELLED, ToolFormat.HERMES, List.of(odd), Start.CALL, false),
                        "<tool_call>\n{\"name\": \"a>b\", \"arguments\": {}}\n</tool_call>"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("bindable")
    void whateverTheMasksAllowCanBeReadBack(ToolFormat format) {
        Random random = new Random(format.ordinal());
        for (TokenTrie vocabulary : List.of(SPELLED, MARKED)) {
            Grammar grammar = ToolGrammar.compile(vocabulary, format, List.of(WEATHER, PING), Start.CALL, true);
            for (int walk = 0; walk < 150; walk++) {
                String text = Walks.random(grammar, random, 120);
                assertThat(read(format, text)).as(text).isNotEmpty().allSatisfy(call -> {
                    Tool tool = call.name().equals("ping") ? PING : WEATHER;
                    assertThat(call.name()).isEqualTo(tool.name());
                    assertThat(new SchemaValidator(tool.parameters()).valid(call.arguments()))
                            .isTrue();
                });
            }
        }
    }

    @Test
    void aSchemaThatCannotBeEnforcedLeavesTheArgumentsFreeUnlessTheToolIsStrict() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{}}}}";
        Tool lax = tool("lax", schema, false);
        Tool strict = tool("strict", schema, true);
        for (ToolFormat format : bindable()) {
            assertThatExceptionOfType(UnsupportedSchemaException.class)
                    .isThrownBy(() -> ToolGrammar.compile(SPELLED, format, List.of(strict), Start.CALL, false))
                    .withMessageContaining("strict")
                    .withMessageContaining("not");
            Grammar grammar = ToolGrammar.compile(SPELLED, format, List.of(lax), Start.CALL, false);
            Random random = new Random(9);
            for (int walk = 0; walk < 20; walk++) {
                String text = Walks.random(grammar, random, 60);
                assertThat(read(format, text)).as(text).hasSize(1);
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolGrammar.compile(SPELLED, ToolFormat.HERMES, List.of(), Start.CALL, false));
    }

    /** Reads calls in the simplest way, as a server that expects the format would. */
    private static List<Call> read(ToolFormat format, String text) {
        List<Call> calls = new ArrayList<>();
        switch (format) {
            case XML_FUNCTION -> {
                String rest = text;
                while (rest.startsWith("<tool_call>\n<function=")) {
                    rest = xml(rest, calls);
                    rest = rest.startsWith("\n") ? rest.substring(1) : rest;
                }
                assertThat(rest).isEmpty();
            }
            case TOOLCALL_LIST -> {
                String list = text.substring("<TOOLCALL>".length(), text.length() - "</TOOLCALL>".length());
                ((List<?>) Objects.requireNonNull(Json.parse(list, "calls")))
                        .forEach(call -> calls.add(json(call, "arguments")));
            }
            case HERMES -> {
                for (String block :
                        Pattern.compile("</tool_call>\n?").splitAsStream(text).toList()) {
                    calls.add(json(Json.parse(block.substring("<tool_call>".length()), "call"), "arguments"));
                }
            }
            case LLAMA_JSON -> {
                String list =
                        "[" + text.replace("<|python_tag|>", "").replaceAll("\\}; ?\\{\"name\"", "},{\"name\"") + "]";
                ((List<?>) Objects.requireNonNull(Json.parse(list, "calls")))
                        .forEach(call -> calls.add(json(call, "parameters")));
            }
            case HARMONY, NONE -> throw new AssertionError(format);
        }
        return calls;
    }

    @SuppressWarnings("unchecked")
    private static Call json(@Nullable Object call, String arguments) {
        Map<String, Object> map = (Map<String, Object>) Objects.requireNonNull(call);
        assertThat(map.keySet()).containsExactly("name", arguments);
        return new Call((String) Objects.requireNonNull(map.get("name")), (Map<String, @Nullable Object>)
                Objects.requireNonNull(map.get(arguments)));
    }

    private static String xml(String text, List<Call> calls) {
        int at = "<tool_call>\n<function=".length();
        int end = text.indexOf(">\n", at);
        String name = text.substring(at, end);
        String rest = text.substring(end + 2);
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        while (rest.startsWith("<parameter=")) {
            int key = rest.indexOf(">\n");
            int stop = rest.indexOf("\n</parameter>\n", key + 1);
            String value = key + 1 == stop ? "" : rest.substring(key + 2, stop);
            String argument = rest.substring("<parameter=".length(), key);
            boolean isText = List.of("city", "unit", "note").contains(argument) || name.equals("lax");
            arguments.put(argument, isText ? value : Json.parse(value, "value"));
            rest = rest.substring(stop + "\n</parameter>\n".length());
        }
        String close = "</function>\n</tool_call>";
        assertThat(rest).startsWith(close);
        calls.add(new Call(name, arguments));
        return rest.substring(close.length());
    }
}
