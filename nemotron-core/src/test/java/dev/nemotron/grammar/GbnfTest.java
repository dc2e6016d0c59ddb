package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.OutputFormat;
import dev.nemotron.json.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GbnfTest {

    private static final String JSON = """
            # values of JSON
            root   ::= object
            value  ::= object | array | string | number | ("true" | "false" | "null") ws

            object ::=
              "{" ws (
                        string ":" ws value
                ("," ws string ":" ws value)*
              )? "}" ws

            array  ::= "[" ws ( value ("," ws value)* )? "]" ws
            string ::= "\\"" ( [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-fA-F]{4}) )* "\\"" ws
            number ::= ("-"? ([0-9] | [1-9] [0-9]{0,15})) ("." [0-9]+)? ([eE] [-+]? [0-9] [1-9]{0,1})? ws
            ws ::= | " " | "\\n" [ \\t]{0,20}
            """;

    private static Grammar grammar(String rules) {
        return Grammar.compile(OutputFormat.grammar(rules), Vocabularies.plain());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "root ::= \"a\" | \"b\"; a; true",
                "root ::= \"a\" | \"b\"; ab; false",
                "root ::= \"a\"* [0-9]+; aaa12; true",
                "root ::= [^a-c\\n]{2,3}; xyz; true",
                "root ::= [^a-c\\n]{2,3}; xaz; false",
                "root ::= [^a-c\\n]{2,3}; x; false",
                "root ::= \"\\x41\\u00e9\\U0001F600\\t\"; 'Aé😀\t'; true",
                "root ::= a b? # end; xy; false",
                "root ::= .{3}; é😀x; true",
                "root ::= \"a\"{2}; aa; true",
                "root ::= \"a\"{2}; a; false",
                "root ::= \"a\"{2,}; aaaaa; true",
                "root ::= \"a\"{,2}; a; true",
                "root ::= (\"a\" (\"b\" | \"c\")+)?; abcb; true",
                "root ::= (\"a\" | )\"b\"; b; true",
                "root ::= [-a]+; a-; true",
                "root ::= [\\]\\\\]; ]; true",
                "root ::= \"a\"?+; aa; true"
            })
    void readsTheNotation(String rules, String text, boolean matches) {
        String all = rules.contains(" b?") ? rules + "\na ::= \"x\"\nb ::= \"z\"" : rules;
        assertThat(Walks.accepts(grammar(all), text)).isEqualTo(matches);
    }

    @Test
    void alternativesMayBeginLines() {
        Grammar grammar = grammar("root ::= one\n  | \"b\" # second\n  | \"c\"\none ::=\n  \"a\"\n");
        assertThat(Walks.accepts(grammar, "a")).isTrue();
        assertThat(Walks.accepts(grammar, "b")).isTrue();
        assertThat(Walks.accepts(grammar, "c")).isTrue();
        assertThat(Walks.accepts(grammar, "d")).isFalse();
    }

    @Test
    void rulesMayNest() {
        Grammar grammar = grammar("root ::= \"(\" root \")\" root | \"\"");
        assertThat(Walks.accepts(grammar, "(()(()))()")).isTrue();
        assertThat(Walks.accepts(grammar, "(".repeat(3000) + ")".repeat(3000))).isTrue();
        assertThat(Walks.accepts(grammar, "(()")).isFalse();
        assertThat(Walks.accepts(grammar, "())")).isFalse();
    }

    @Test
    void ambiguousGrammarsAreReadInPolynomialTime() {
        Grammar grammar = grammar("root ::= s\ns ::= \"a\" s \"b\" | \"a\" s \"c\" | \"a\" s s | \"x\"");
        assertThat(Walks.accepts(grammar, "a".repeat(60) + "x" + "bc".repeat(30)))
                .isTrue();
        assertThat(Walks.accepts(grammar, "a".repeat(60) + "x" + "bc".repeat(30) + "b"))
                .isFalse();
    }

    @Test
    void palindromesAreReadWithAllTheirMiddles() {
        Grammar grammar = grammar("root ::= \"a\" root \"a\" | \"b\" root \"b\" | \"a\" | \"b\" | \"\"");
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            StringBuilder half = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                half.append(random.nextBoolean() ? 'a' : 'b');
            }
            String text = half + (random.nextBoolean() ? "a" : "") + new StringBuilder(half).reverse();
            assertThat(Walks.accepts(grammar, text)).as(text).isTrue();
            String other = text + (random.nextBoolean() ? "a" : "b");
            assertThat(Walks.accepts(grammar, other))
                    .as(other)
                    .isEqualTo(new StringBuilder(other).reverse().toString().equals(other));
        }
    }

    @Test
    void jsonWrittenAsAGrammarIsJson() {
        Grammar grammar = grammar(JSON);
        assertThat(Walks.accepts(grammar, "{\"a\": [1, -2.5e3, \"x\\n\\u00e9\"],\n  \"b\":{}}"))
                .isTrue();
        assertThat(Walks.accepts(grammar, "{\"a\": 01}")).isFalse();
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            String text = Walks.random(grammar, random, 40);
            assertThat(Walks.accepts(grammar, text)).as(text).isTrue();
        }
        assertThat(Json.parse("{\"a\": [1, -2.5e3]}", "sample")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root",
                "root ::= a",
                "root = \"a\"",
                "a ::= \"a\"",
                "root ::= \"a",
                "root ::= [a",
                "root ::= (\"a\"",
                "root ::= \"a\")",
                "root ::= \"a\"\nroot ::= \"b\"",
                "root ::= \"\\q\"",
                "root ::= \"a\"{3,2}",
                "root ::= \"a\"{99999999}",
                "root ::= [b-a]",
                "root ::= \"\\ud800\"",
                "::= \"a\"",
                "root ::= \"a\"{x}",
                "root ::= |||)"
            })
    void malformedGrammarsAreRefusedWithTheLine(String rules) {
        assertThatIllegalArgumentException().isThrownBy(() -> grammar(rules)).withMessageStartingWith("grammar, line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= root \"a\" | \"b\"",
                "root ::= x root | \"a\"\nx ::= \"\"",
                "root ::= a\na ::= b\nb ::= a | \"x\"",
                "root ::= (\"a\"? root)* \"b\""
            })
    void leftRecursionIsRefused(String rules) {
        assertThatIllegalArgumentException().isThrownBy(() -> grammar(rules)).withMessageContaining("left recursion");
    }

    @Test
    void aGrammarThatNoTextEndsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grammar("root ::= \"a\" root"))
                .withMessageContaining("nothing satisfies");
    }
}
