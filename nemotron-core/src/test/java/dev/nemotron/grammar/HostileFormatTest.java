package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.OutputFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be enforced is refused by name, and what would never end is refused at all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFormatTest {

    private static final TokenTrie VOCABULARY = Vocabularies.plain();

    private static Grammar schema(String schema) {
        return Grammar.compile(OutputFormat.jsonSchema(schema), VOCABULARY);
    }

    private static Grammar schema(Map<String, Object> schema) {
        return Grammar.compile(new OutputFormat.JsonSchema(schema), VOCABULARY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'not':{}}; not; ",
                "{'properties':{'a/b':{'if':{}}}}; if; /properties/a~1b",
                "{'then':{}}; then; ",
                "{'else':{}}; else; ",
                "{'items':{'contains':{}}}; contains; /items",
                "{'uniqueItems':true}; uniqueItems; ",
                "{'dependentSchemas':{}}; dependentSchemas; ",
                "{'dependentRequired':{}}; dependentRequired; ",
                "{'unevaluatedProperties':false}; unevaluatedProperties; ",
                "{'unevaluatedItems':false}; unevaluatedItems; ",
                "{'propertyNames':{}}; propertyNames; ",
                "{'nullable':true}; nullable; ",
                "{'foo':1}; foo; ",
                "{'$dynamicRef':'#'}; $dynamicRef; ",
                "{'allOf':[{},{'minContains':1}]}; minContains; /allOf/1",
                "{'type':'string','format':'regex'}; format; ",
                "{'$ref':'other.json'}; $ref; ",
                "{'$ref':'#/$defs/x'}; $ref; ",
                "{'$ref':'https://example.org/x'}; $ref; ",
                "{'$ref':'#anchor'}; $ref; ",
                "{'$ref':7}; $ref; ",
                "{'type':'strin'}; type; ",
                "{'type':[1]}; type; ",
                "{'enum':1}; enum; ",
                "{'minLength':-1}; minLength; ",
                "{'maxItems':1.5}; maxItems; ",
                "{'minimum':'a'}; minimum; ",
                "{'exclusiveMinimum':true}; exclusiveMinimum; ",
                "{'multipleOf':0}; multipleOf; ",
                "{'type':'number','multipleOf':0.3}; multipleOf; ",
                "{'type':'string','pattern':'(?=a)'}; pattern; ",
                "{'type':'string','pattern':'('}; pattern; ",
                "{'required':'a'}; required; ",
                "{'properties':[]}; properties; ",
                "{'anyOf':{}}; anyOf; ",
                "{'patternProperties':{'^a':{},'b$':{}}}; patternProperties; ",
                "{'patternProperties':{'^[a-z]{1,9}$':{}},'additionalProperties':false}; patternProperties; ",
                "{'oneOf':[{'type':'integer'},{'type':'number'}]}; oneOf; ",
                "{'oneOf':[{'required':['a']},{'required':['b']}]}; oneOf; ",
                "{'minItems':100000000}; minItems; ",
                "{'minLength':1000000000}; minLength; "
            })
    void whatCannotBeEnforcedIsRefusedWithItsPlace(String schema, String keyword, String pointer) {
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(schema.replace('\'', '"')))
                .satisfies(e -> {
                    assertThat(e.keyword()).isEqualTo(keyword);
                    assertThat(e.pointer()).isEqualTo(pointer == null ? "" : pointer);
                    assertThat(e).hasMessageContaining(keyword).hasMessageContaining("#" + e.pointer());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'enum':[]}",
                "{'type':'integer','minimum':3,'maximum':2}",
                "{'type':'string','minLength':3,'maxLength':2}",
                "{'allOf':[{'type':'string'},{'type':'null'}]}",
                "{'type':'object','properties':{'a':false},'required':['a']}",
                "{'type':'array','items':false,'minItems':1}",
                "{'type':'string','pattern':'a^'}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'array','items':{'$ref':'#/$defs/a'},'minItems':1}}}",
                "{'const':1,'type':'string'}",
                "{'type':'integer','multipleOf':5,'minimum':6,'maximum':9}",
                "{'type':'object','minProperties':2,'additionalProperties':false,'properties':{'a':{}}}",
                "{'anyOf':[]}"
            })
    void aSchemaThatNothingSatisfiesIsRefused(String schema) {
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(schema.replace('\'', '"')))
                .withMessageContaining("nothing satisfies");
    }

    @Test
    void aReferenceThatOnlyReturnsToItselfIsNoEndlessLoop() {
        assertThat(Walks.accepts(schema("{\"$ref\":\"#\"}"), "[1]")).isTrue();
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema("{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#/anyOf/0\"}]}"));
    }

    @Test
    void depthIsBounded() {
        Map<String, Object> deep = new HashMap<>(Map.of("type", "null"));
        for (int level = 0; level < 100_000; level++) {
            deep = new HashMap<>(Map.of("items", deep));
        }
        Map<String, Object> schema = deep;
        assertThatExceptionOfType(UnsupportedSchemaException.class).isThrownBy(() -> schema(schema));
        Map<String, Object> endless = new HashMap<>();
        endless.put("items", endless);
        assertThatExceptionOfType(UnsupportedSchemaException.class).isThrownBy(() -> schema(endless));
        Map<String, Object> inEnum = new HashMap<>();
        List<Object> list = new ArrayList<>();
        list.add(list);
        inEnum.put("enum", list);
        assertThatExceptionOfType(UnsupportedSchemaException.class).isThrownBy(() -> schema(inEnum));
    }

    @Test
    void chainsOfReferencesAreNoRecursion() {
        Map<String, Object> definitions = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            definitions.put("d" + i, Map.of("items", Map.of("$ref", "#/$defs/d" + (i + 1)), "type", "array"));
        }
        definitions.put("d3000", Map.of("type", "null"));
        Grammar grammar = schema(Map.of("$ref", "#/$defs/d0", "$defs", definitions));
        assertThat(Walks.accepts(grammar, "[[[[]],[]]]")).isTrue();
    }

    @Test
    void alternativesThatMultiplyAreRefused() {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(Map.of(
                    "anyOf", List.of(Map.of("minLength", i), Map.of("maxLength", i + 100), Map.of("type", "null"))));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> schema(Map.of("allOf", all)));
    }

    @Test
    void largeCountsAndListsAreReadOrRefused() {
        assertThat(Walks.accepts(schema("{\"type\":\"string\",\"maxLength\":999999999}"), "\"abc\""))
                .isTrue();
        assertThat(Walks.accepts(schema("{\"type\":\"array\",\"maxItems\":999999999}"), "[1,2]"))
                .isTrue();
        List<String> many =
                IntStream.range(0, 1_000_000).mapToObj(i -> "value" + i).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> schema(Map.of("enum", many)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grammar.compile(new OutputFormat.Choice(many), VOCABULARY));
        Grammar some = Grammar.compile(new OutputFormat.Choice(many.subList(0, 30_000)), VOCABULARY);
        assertThat(Walks.accepts(some, "value29999")).isTrue();
        assertThat(Walks.accepts(some, "value30000")).isFalse();
        Map<String, Object> properties = new HashMap<>();
        many.subList(0, 2000).forEach(name -> properties.put(name, Map.of("type", "null")));
        Grammar wide = schema(Map.of("properties", properties, "type", "object", "additionalProperties", false));
        assertThat(Walks.accepts(wide, "{\"value7\":null}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|b)*a(a|b){30}c",
                "((a{0,100}){0,100}){0,100}",
                "(((a*)*)*)*b",
                "(a?){5000}",
                "(x+x+)+y",
                "[a-z]{1,100000}",
                "((ab?){1,50}|(a|ab){1,50}){1,50}"
            })
    void wildExpressionsAreReadStepByStep(String pattern) {
        Matcher matcher =
                Grammar.compile(OutputFormat.regex(pattern), VOCABULARY).matcher();
        long[] mask = new long[(VOCABULARY.size() + 63) / 64];
        for (int i = 0; i < 60 && !matcher.exhausted(); i++) {
            matcher.fillMask(mask);
            matcher.accept(Walks.nth(mask, 0));
        }
        assertThat(matcher.accepted()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|b)*a(a|b){30}c",
                "a{500000}",
                "((a{0,100}){0,100}){0,100}",
                "(a?){5000}",
                "((ab?){1,50}|(a|ab){1,50}){1,50}",
                "(\\w{1,60}\\s){1,60}x"
            })
    void wildPatternsInSchemasAreRefused(String pattern) {
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(Map.of("type", "string", "pattern", pattern)))
                .withMessageContaining("too large");
    }

    @Test
    void categoriesOfManyRangesCanBeRepeated() {
        Grammar grammar = schema(Map.of("type", "string", "pattern", "^\\p{L}{1,64}-\\p{N}{1,64}$"));
        assertThat(Walks.accepts(grammar, "\"éß日-1٣\"")).isTrue();
        assertThat(Walks.accepts(grammar, "\"é1-1\"")).isFalse();
    }

    @Test
    void deepGroupsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegexParser.whole("(".repeat(50_000) + ")".repeat(50_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GbnfParser.parse("root ::= " + "(".repeat(50_000) + "\"a\"" + ")".repeat(50_000)));
        StringBuilder chain = new StringBuilder("root ::= r0\n");
        IntStream.range(0, 15_000).forEach(i -> chain.append("r" + i + " ::= r" + (i + 1) + " \"x\"\n"));
        chain.append("r15000 ::= \"y\"\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grammar.compile(OutputFormat.grammar(chain.toString()), VOCABULARY));
    }

    @Test
    void hugeNumbersAreRefusedOrRead() {
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(
                        () -> schema(Map.of("type", "integer", "minimum", new java.math.BigDecimal("1e999999999"))));
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(Map.of("type", "integer", "multipleOf", 1_000_003L)));
        assertThat(Walks.accepts(schema(Map.of("type", "number", "maximum", 1e300)), "123"))
                .isTrue();
    }

    @Test
    void manyValuesAreNotComparedEachWithEach() {
        List<Object> some = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        for (int i = 0; i < 45_000; i++) {
            some.add("v" + i);
            others.add("v" + (i + 40_000));
        }
        Map<String, Object> first = Map.of("enum", some);
        Map<String, Object> second = Map.of("enum", others);
        assertThat(Walks.accepts(schema(Map.of("allOf", List.of(first, second))), "\"v40001\""))
                .isTrue();
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(Map.of("oneOf", List.of(first, second))))
                .withMessageContaining("not certain to exclude each other");
    }

    @Test
    void aPatternBesideValuesIsCompiledOnce() {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 45_000; i++) {
            values.add("v" + i);
        }
        Grammar odd = schema(Map.of("enum", values, "pattern", "^v[0-9]*[13579]$", "format", "hostname"));
        assertThat(Walks.accepts(odd, "\"v20001\"")).isTrue();
        assertThat(Walks.accepts(odd, "\"v20002\"")).isFalse();
    }

    @Test
    void aLongExpressionIsReadInOneGo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grammar.compile(OutputFormat.regex("a{".repeat(500_000)), VOCABULARY))
                .withMessageContaining("too large");
        Grammar groups = Grammar.compile(OutputFormat.regex("(?<a>x)".repeat(80_000)), VOCABULARY);
        assertThat(groups.matcher().allows('x')).isTrue();
    }

    @Test
    void halfACharacterIsSpelledAsAnEscape() {
        Grammar half = schema(Map.of("enum", List.of("\ud800")));
        assertThat(Walks.accepts(half, "\"\\ud800\"")).isTrue();
        assertThat(Walks.accepts(half, "\"?\"")).isFalse();
    }

    @Test
    void tooManyNamesSayWhatWouldHelp() {
        Map<String, Object> properties = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            properties.put(Integer.toString(i * 7_919, 36).repeat(4), Map.of());
        }
        assertThatExceptionOfType(UnsupportedSchemaException.class)
                .isThrownBy(() -> schema(Map.of("type", "object", "properties", properties)))
                .withMessageContaining("set additionalProperties to false");
        assertThat(schema(Map.of("type", "object", "properties", properties, "additionalProperties", false)))
                .isNotNull();
    }
}
