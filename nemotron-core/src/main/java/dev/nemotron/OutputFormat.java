package dev.nemotron;

import dev.nemotron.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form that an answer must have. The model can then produce nothing else: every token that would lead out of the form is
 * kept from being drawn. Reasoning comes before the answer and stays free. An answer that is cut short by its limit of tokens
 * is the beginning of one in the form; its finish reason tells.
 */
public sealed interface OutputFormat {

    /** Any JSON object. */
    record JsonObject() implements OutputFormat {}

    /**
     * JSON after a schema.
     *
     * @param schema the JSON Schema: maps, lists, strings, numbers, truth values and null
     */
    record JsonSchema(Map<String, ? extends @Nullable Object> schema) implements OutputFormat {
        /** Checks that the schema is there. */
        public JsonSchema {
            Objects.requireNonNull(schema, "schema");
        }
    }

    /**
     * Text that matches a regular expression as a whole.
     *
     * @param pattern the expression: classes, groups, alternatives and repetitions; no look-around and no back references
     */
    record Regex(String pattern) implements OutputFormat {
        /** Checks that the pattern is there. */
        public Regex {
            Objects.requireNonNull(pattern, "pattern");
        }
    }

    /**
     * One of several texts.
     *
     * @param texts at least one, none empty
     */
    record Choice(List<String> texts) implements OutputFormat {
        /**
         * Checks the texts.
         *
         * @throws IllegalArgumentException if there is none, or one is empty
         */
        public Choice {
            texts = List.copyOf(texts);
            if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException("choices must be at least one text, none of them empty");
            }
        }
    }

    /**
     * Text after a grammar.
     *
     * @param rules the grammar in GBNF, the notation of llama.cpp, with the start rule {@code root}
     */
    record Grammar(String rules) implements OutputFormat {
        /** Checks that the rules are there. */
        public Grammar {
            Objects.requireNonNull(rules, "rules");
        }
    }

    /**
     * JSON after a schema that is given as text.
     *
     * @param schema the JSON Schema, an object
     * @return the format
     * @throws ModelFormatException if the text is not a JSON object
     */
    static OutputFormat jsonSchema(String schema) {
        byte[] utf8 = schema.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new JsonSchema(Json.parseObject(utf8, "JSON Schema").values());
    }

    /**
     * Any JSON object.
     *
     * @return the format
     */
    static OutputFormat json() {
        return new JsonObject();
    }

    /**
     * Text that matches a regular expression as a whole.
     *
     * @param pattern the expression
     * @return the format
     */
    static OutputFormat regex(String pattern) {
        return new Regex(pattern);
    }

    /**
     * One of several texts.
     *
     * @param texts at least one, none empty
     * @return the format
     */
    static OutputFormat choice(String... texts) {
        return new Choice(List.of(texts));
    }

    /**
     * Text after a grammar.
     *
     * @param rules the grammar in GBNF
     * @return the format
     */
    static OutputFormat grammar(String rules) {
        return new Grammar(rules);
    }
}
