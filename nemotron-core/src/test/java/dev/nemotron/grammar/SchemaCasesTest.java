package dev.nemotron.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.OutputFormat;
import dev.nemotron.TestData;
import dev.nemotron.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A table of schemas with values that fulfil them and values that do not. */
class SchemaCasesTest {

    private static final int WALKS = 25;
    private static final int PATIENCE = 60;
    private static final TokenTrie VOCABULARY = Vocabularies.plain();

    private record Case(String name, Map<String, Object> schema, List<?> valid, List<?> invalid) {
        Grammar grammar() {
            return Grammar.compile(new OutputFormat.JsonSchema(schema), VOCABULARY);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Case> cases() throws IOException {
        byte[] table = Files.readAllBytes(TestData.folder("grammar").resolve("schemas.json"));
        List<Case> cases = new ArrayList<>();
        for (Object row : (List<?>) Objects.requireNonNull(Json.parse(table, "schemas.json"))) {
            Map<String, Object> map = (Map<String, Object>) row;
            cases.add(new Case(
                    (String) required(map, "name"),
                    (Map<String, Object>) required(map, "schema"),
                    (List<?>) required(map, "valid"),
                    (List<?>) required(map, "invalid")));
        }
        return cases;
    }

    private static Object required(Map<String, Object> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Stream<DynamicTest> each(java.util.function.Consumer<Case> check) throws IOException {
        List<Case> cases = cases();
        assertThat(cases).hasSizeGreaterThan(100);
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check.accept(one)));
    }

    @TestFactory
    Stream<DynamicTest> theTableIsRight() throws IOException {
        return each(one -> {
            SchemaValidator validator = new SchemaValidator(one.schema());
            assertThat(one.valid())
                    .allSatisfy(value -> assertThat(validator.valid(value)).isTrue());
            assertThat(one.invalid())
                    .allSatisfy(value -> assertThat(validator.valid(value)).isFalse());
        });
    }

    @TestFactory
    Stream<DynamicTest> validValuesAreAcceptedByteByByteAndByTokens() throws IOException {
        return each(one -> {
            Grammar grammar = one.grammar();
            for (Object value : one.valid()) {
                for (String text : List.of(write(value, ""), write(value, " "))) {
                    assertThat(Walks.accepts(grammar, text)).as(text).isTrue();
                    assertThat(Walks.acceptsTokens(grammar, text)).as(text).isTrue();
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> invalidValuesAreRejected() throws IOException {
        return each(one -> {
            Grammar grammar = one.grammar();
            for (Object value : one.invalid()) {
                String text = write(value, "");
                assertThat(Walks.accepts(grammar, text)).as(text).isFalse();
                assertThat(Walks.acceptsTokens(grammar, text)).as(text).isFalse();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whateverTheMasksAllowEndsAsAValidValue() throws IOException {
        return each(one -> {
            Grammar grammar = one.grammar();
            SchemaValidator validator = new SchemaValidator(one.schema());
            Random random = new Random(one.name().hashCode());
            for (int walk = 0; walk < WALKS; walk++) {
                String text = Walks.random(grammar, random, PATIENCE);
                assertThat(validator.valid(Json.parse(text, "walk"))).as(text).isTrue();
            }
        });
    }

    /** Writes a value on one line. */
    static String write(@Nullable Object value, String space) {
        return switch (value) {
            case String text -> string(text);
            case List<?> list ->
                list.stream()
                        .map(item -> write(item, space))
                        .collect(java.util.stream.Collectors.joining("," + space, "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(member -> string((String) member.getKey()) + ":" + space + write(member.getValue(), space))
                        .collect(java.util.stream.Collectors.joining("," + space, "{", "}"));
            case null -> "null";
            default -> value.toString();
        };
    }

    private static String string(String text) {
        StringBuilder written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int index = "\"\\\b\f\n\r\t".indexOf(c);
            if (index >= 0) {
                written.append('\\').append("\"\\bfnrt".charAt(index));
            } else if (c < 0x20) {
                written.append(String.format("\\u%04x", (int) c));
            } else {
                written.append(c);
            }
        }
        return written.append('"').toString();
    }
}
