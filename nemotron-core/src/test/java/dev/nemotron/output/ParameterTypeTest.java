package dev.nemotron.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {

    private static final Map<String, Object> ROOT = Map.of(
            "$defs",
            Map.of(
                    "Count", Map.of("type", "integer"),
                    "a/b", Map.of("$ref", "#/$defs/Count"),
                    "Loop", Map.of("$ref", "#/$defs/Loop")));

    private static String typed(Map<String, ?> schema, String text) {
        return ParameterType.of(schema, ROOT).toJson(text);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            string  | 5            | "5"
            str     | null         | "null"
            enum    | a            | "a"
            integer | 5            | 5
            int32   | +007         | 7
            uint8   | -0           | 0
            long    | 9007199254740993 | 9007199254740993
            integer | 5.5          | "5.5"
            integer | five         | "five"
            integer | NULL         | null
            integer | None         | null
            number  | 5            | 5
            number  | 5.0          | 5
            number  | 2.50         | 2.50
            float   | .5           | 0.5
            float   | 1e3          | 1000
            number  | 1e400        | "1e400"
            number  | nan          | "nan"
            boolean | true         | true
            bool    | False        | false
            boolean | 1            | true
            boolean | 0            | false
            boolean | yes          | "yes"
            object  | {"a": 1}     | {"a": 1}
            dict    | {'a': True}  | {"a": true}
            array   | [1, 2]       | [1, 2]
            list    | ('a', 'b',)  | ["a", "b"]
            array   | [1           | "[1"
            object  | {"a": NaN}   | "{\\"a\\": NaN}"
            any     | [1]          | [1]
            any     | 'a'          | "a"
            any     | hello        | "hello"
            """, delimiter = '|')
    void valuesAreTypedAsDeclared(String type, String text, String json) {
        assertThat(typed(Map.of("type", type), text)).isEqualTo(json);
    }

    @Test
    void whatIsNotDeclaredIsText() {
        assertThat(typed(Map.of(), "5")).isEqualTo("\"5\"");
        assertThat(typed(Map.of("description", "a"), "null")).isEqualTo("\"null\"");
        assertThat(ParameterType.of(null, ROOT)).isEqualTo(ParameterType.TEXT);
    }

    @Test
    void ofSeveralTypesTheFirstThatFitsExactlyCounts() {
        Map<String, ?> union = Map.of("type", List.of("string", "integer", "null"));
        assertThat(typed(union, "5")).isEqualTo("5");
        assertThat(typed(union, "five")).isEqualTo("\"five\"");
        assertThat(typed(union, "null")).isEqualTo("null");
        Map<String, ?> object = Map.of("anyOf", List.of(Map.of("type", "object"), Map.of("type", "string")));
        assertThat(typed(object, "{\"a\": 1}")).isEqualTo("{\"a\": 1}");
        assertThat(typed(object, "5")).isEqualTo("\"5\"");
        assertThat(typed(Map.of("oneOf", List.of(Map.of("type", "null"), Map.of("type", "number"))), "2"))
                .isEqualTo("2");
    }

    @Test
    void typesFollowFromValuesAndKeywordsToo() {
        assertThat(typed(Map.of("enum", List.of(1L, 2L)), "2")).isEqualTo("2");
        assertThat(typed(Map.of("enum", List.of("1", "2")), "2")).isEqualTo("\"2\"");
        assertThat(typed(Map.of("const", true), "true")).isEqualTo("true");
        assertThat(typed(Map.of("properties", Map.of()), "{}")).isEqualTo("{}");
        assertThat(typed(Map.of("items", Map.of()), "[]")).isEqualTo("[]");
    }

    @Test
    void referencesAreFollowedAndLoopsEnd() {
        assertThat(typed(Map.of("$ref", "#/$defs/Count"), "5")).isEqualTo("5");
        assertThat(typed(Map.of("$ref", "#/$defs/a~1b"), "5")).isEqualTo("5");
        assertThat(typed(Map.of("$ref", "#/$defs/Loop"), "5")).isEqualTo("\"5\"");
        assertThat(typed(Map.of("$ref", "#/$defs/Nothing"), "5")).isEqualTo("\"5\"");
    }

    @Test
    void valuesAreComparedWithTheirType() {
        ParameterType integer = ParameterType.of(Map.of("type", "integer"), ROOT);
        assertThat(integer.admits(5L)).isTrue();
        assertThat(integer.admits(5.0)).isTrue();
        assertThat(integer.admits(5.5)).isFalse();
        assertThat(integer.admits("5")).isFalse();
        assertThat(integer.admits(null)).isFalse();
        assertThat(ParameterType.of(Map.of("type", "number"), ROOT).admits(5L)).isTrue();
        assertThat(ParameterType.of(Map.of("type", "what"), ROOT).admits(5L)).isTrue();
    }

    @Test
    void pythonLiteralsBecomeJson() {
        assertThat(PythonLiteral.toJson("{'a': [1, -2.5, None, True], \"b\": ('x\\n\\'\\x41\\u00e9', )}"))
                .isEqualTo("{\"a\": [1, -2.5, null, true], \"b\": [\"x\\n'Aé\"]}");
        assertThat(PythonLiteral.toJson("[]")).isEqualTo("[]");
        for (String broken :
                List.of("", "{", "{'a'}", "{'a': }", "[1 2]", "'a", "'\\u12'", "[,]", "{1: 2}", "a b", "[1]x")) {
            assertThat(PythonLiteral.toJson(broken)).as(broken).isNull();
        }
    }
}
