package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nemotron.OutputFormat;
import dev.nemotron.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatcherTest {

    private static final TokenTrie VOCABULARY = Vocabularies.plain();

    static List<OutputFormat> formats() {
        return List.of(
                OutputFormat.json(),
                OutputFormat.jsonSchema("""
                        {"type": "object", "properties": {"name": {"type": "string", "maxLength": 5}, "n": {"type": "number"},
                        "kids": {"type": "array", "items": {"$ref": "#"}}, "when": {"type": "string", "format": "date-time"}},
                        "required": ["name"]}"""),
                OutputFormat.regex("(a|b|name|é)*(\\d{2,5}|\"x\")"),
                OutputFormat.choice("a", "ab", "abc\n", "nam", "日本"),
                OutputFormat.grammar("root ::= \"a\" root \"b\" | \"aa\" | [^a]*"));
    }

    private static long[] mask(Matcher matcher) {
        long[] mask = new long[(VOCABULARY.size() + 63) / 64];
        matcher.fillMask(mask);
        return mask;
    }

    /** Goes on by a random token, or returns false where nothing but the end can follow. */
    private static boolean step(Matcher matcher, Random random) {
        long[] mask = mask(matcher);
        mask[Vocabularies.END >> 6] &= ~(1L << Vocabularies.END);
        int count = 0;
        for (long word : mask) {
            count += Long.bitCount(word);
        }
        if (count > 0) {
            matcher.accept(Walks.nth(mask, random.nextInt(count)));
        }
        return count > 0;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aTokenIsInTheMaskExactlyIfItIsAllowedAlone(OutputFormat format) {
        Grammar grammar = Grammar.compile(format, VOCABULARY);
        Random random = new Random(1);
        for (int walk = 0; walk < 60; walk++) {
            Matcher matcher = grammar.matcher(Vocabularies.END);
            for (int i = 0; i < 30; i++) {
                long[] mask = mask(matcher);
                for (int token = 0; token < VOCABULARY.size(); token++) {
                    assertThat(matcher.allows(token)).isEqualTo((mask[token >> 6] >>> token & 1) != 0);
                }
                if (!step(matcher, random)) {
                    break;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void takingBackTokensRestoresWhatWasAllowed(OutputFormat format) {
        Grammar grammar = Grammar.compile(format, VOCABULARY);
        Random random = new Random(2);
        for (int walk = 0; walk < 60; walk++) {
            Matcher matcher = grammar.matcher(Vocabularies.END);
            List<long[]> masks = new ArrayList<>();
            do {
                masks.add(mask(matcher));
            } while (masks.size() < 150 && step(matcher, random));
            Matcher copy = matcher.copy();
            while (matcher.accepted() > 0) {
                int back = Math.min(matcher.accepted(), 1 + random.nextInt(5));
                matcher.rollback(back);
                assertThat(mask(matcher)).isEqualTo(masks.get(matcher.accepted()));
            }
            assertThat(copy.accepted()).isGreaterThanOrEqualTo(masks.size() - 1);
            copy.rollback(copy.accepted());
            assertThat(mask(copy)).isEqualTo(masks.getFirst());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void forcedTokensAreAllowedAndLeaveNoOtherText(OutputFormat format) {
        Grammar grammar = Grammar.compile(format, VOCABULARY);
        Random random = new Random(3);
        for (int walk = 0; walk < 40; walk++) {
            Matcher matcher = grammar.matcher(Vocabularies.END);
            for (int i = 0; i < 25; i++) {
                Matcher copy = matcher.copy();
                for (int token : matcher.forced()) {
                    assertThat(copy.complete()).isFalse();
                    assertThat(copy.allows(token)).isTrue();
                    byte first = VOCABULARY.bytes(token)[0];
                    for (int other = 0; other < 256; other++) {
                        assertThat(copy.allows(other)).isEqualTo(other == (first & 0xff));
                    }
                    copy.accept(token);
                }
                if (!step(matcher, random)) {
                    break;
                }
            }
        }
    }

    @Test
    void textThatIsFixedIsForcedButNotBeyondWhatALongerTokenCouldSpan() {
        Grammar grammar = Grammar.compile(
                OutputFormat.jsonSchema(
                        "{\"type\": \"object\", \"properties\": {\"name\": {\"enum\": [\"true\", \"tru\"]}},"
                                + "\"required\": [\"name\"], \"additionalProperties\": false}"),
                VOCABULARY);
        Matcher matcher = grammar.matcher(Vocabularies.END);
        StringBuilder text = new StringBuilder();
        for (int token : matcher.forced()) {
            text.append(new String(VOCABULARY.bytes(token), StandardCharsets.UTF_8));
            matcher.accept(token);
        }
        // The quote and the colon stay open: "\": \"" is a token.
        assertThat(text).hasToString("{\"name");
        Grammar whole = Grammar.compile(OutputFormat.choice("日本 name"), VOCABULARY);
        assertThat(whole.matcher().forced()).isEqualTo(VOCABULARY.encode("日本 name"));
    }

    @Test
    void anAnswerEndsWhereItIsWhole() {
        Matcher matcher =
                Grammar.compile(OutputFormat.choice("a", "ab"), VOCABULARY).matcher(Vocabularies.END);
        assertThat(matcher.complete()).isFalse();
        assertThat(matcher.allows(Vocabularies.END)).isFalse();
        matcher.accept('a');
        assertThat(matcher.complete()).isTrue();
        assertThat(matcher.exhausted()).isFalse();
        matcher.accept('b');
        assertThat(matcher.exhausted()).isTrue();
        matcher.accept(Vocabularies.END);
        assertThat(matcher.exhausted()).isTrue();
        matcher.rollback(2);
        assertThat(matcher.exhausted()).isFalse();
        assertThat(matcher.allows('b')).isTrue();
    }

    @Test
    void whatIsNotAllowedIsRefusedAndChangesNothing() {
        Matcher matcher = Grammar.compile(OutputFormat.choice("a"), VOCABULARY).matcher(Vocabularies.END);
        for (int token : new int[] {'b', Vocabularies.END, -1, VOCABULARY.size(), Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> matcher.accept(token));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> matcher.rollback(1));
        assertThatIllegalArgumentException().isThrownBy(() -> matcher.fillMask(new long[1]));
        assertThat(matcher.accepted()).isZero();
        assertThat(matcher.allows('a')).isTrue();
    }

    @Test
    void noKeyComesTwice() {
        Grammar grammar = Grammar.compile(OutputFormat.json(), VOCABULARY);
        assertThat(Walks.accepts(grammar, "{\"a\":1,\"b\":{\"a\":{\"a\":2}},\"ab\":[{\"a\":1},{\"a\":1}]}"))
                .isTrue();
        assertThat(Walks.accepts(grammar, "{\"a\":1,\"b\":2,\"a\":3}")).isFalse();
        assertThat(Walks.accepts(grammar, "{\"a\":{},\"a\":3}")).isFalse();
        assertThat(Walks.accepts(grammar, "{\"\":{\"x\":[]},\"\":3}")).isFalse();
        assertThat(Walks.accepts(grammar, "{\"é\\n\":1,\"é\\n\":3}")).isFalse();
        Random random = new Random(4);
        for (int walk = 0; walk < 3000; walk++) {
            String text = Walks.random(grammar, random, 80);
            assertThat(Json.parse(text, "walk")).isInstanceOf(Map.class);
        }
    }

    @Test
    void aVocabularyThatLacksBytesNeverRunsIntoADeadEnd() {
        byte[][] tokens = new byte[300][0];
        List<String> texts = List.of(
                "{", "}", "\"", ":", ",", "a", "b", "1", "tru", "true", "e", "\"a\":", "[", "]", "-", "é\"", "0.");
        for (int i = 0; i < texts.size(); i++) {
            tokens[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
        }
        TokenTrie poor = Vocabularies.of(tokens, Map.of());
        Random random = new Random(6);
        Grammar grammar = Grammar.compile(
                OutputFormat.jsonSchema(
                        "{\"type\":\"object\",\"additionalProperties\":{\"type\":[\"integer\",\"boolean\",\"array\"]}}"),
                poor);
        for (int walk = 0; walk < 500; walk++) {
            Matcher matcher = grammar.matcher(Vocabularies.END);
            long[] mask = new long[5];
            for (int i = 0; i < 40; i++) {
                matcher.fillMask(mask);
                int count = 0;
                for (long word : mask) {
                    count += Long.bitCount(word);
                }
                assertThat(count).isPositive();
                int token = Walks.nth(mask, random.nextInt(count));
                if (token == Vocabularies.END) {
                    break;
                }
                matcher.accept(token);
            }
        }
    }

    @Test
    void oneGrammarServesManyThreads() throws Exception {
        Grammar grammar = Grammar.compile(formats().get(1), VOCABULARY);
        SchemaValidator validator =
                new SchemaValidator(((OutputFormat.JsonSchema) formats().get(1)).schema());
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                Random random = new Random(thread);
                all.add(pool.submit(() -> {
                    for (int walk = 0; walk < 60; walk++) {
                        String text = Walks.random(grammar, random, 40);
                        assertThat(validator.valid(Json.parse(text, "walk")))
                                .as(text)
                                .isTrue();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
