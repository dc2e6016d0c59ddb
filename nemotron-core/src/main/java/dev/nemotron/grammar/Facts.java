package dev.nemotron.grammar;

import dev.nemotron.grammar.SchemaDocument.Subschema;
import dev.nemotron.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several schemas say together about a value, without references and combinations.
 *
 * @param schemas the schemas, all objects
 */
record Facts(List<Subschema> schemas) {

    /** The types of JSON Schema; a number that is an integer has the type {@code INTEGER} alone. */
    enum JsonType {
        NULL,
        BOOLEAN,
        INTEGER,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    /** A value and the schema that it is from. */
    record Said(Object value, Subschema schema) {}

    private static final int MAX_DIGITS = 400;

    /** The most repetitions that may be demanded of an answer. */
    private static final int MAX_LEAST = 100_000;

    /** Returns what is said at a keyword. */
    List<Said> said(String keyword) {
        List<Said> said = new ArrayList<>();
        for (Subschema schema : schemas) {
            Object value = ((Map<?, ?>) schema.value()).get(keyword);
            if (value != null) {
                said.add(new Said(value, schema));
            }
        }
        return said;
    }

    boolean saysAny(String... keywords) {
        for (String keyword : keywords) {
            if (!said(keyword).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    static UnsupportedSchemaException wrong(Subschema schema, String keyword, String expected) {
        return new UnsupportedSchemaException(
                schema.pointer(),
                keyword,
                "it must be " + expected + ", found " + Json.describe(((Map<?, ?>) schema.value()).get(keyword)));
    }

    Set<JsonType> types() {
        EnumSet<JsonType> types = EnumSet.allOf(JsonType.class);
        for (Said said : said("type")) {
            EnumSet<JsonType> these = EnumSet.noneOf(JsonType.class);
            for (Object name : said.value() instanceof List<?> list ? list : List.of(said.value())) {
                these.addAll(types(said.schema(), String.valueOf(name)));
            }
            types.retainAll(these);
        }
        return types;
    }

    private static Set<JsonType> types(Subschema schema, String name) {
        return switch (name) {
            case "null" -> EnumSet.of(JsonType.NULL);
            case "boolean" -> EnumSet.of(JsonType.BOOLEAN);
            case "integer" -> EnumSet.of(JsonType.INTEGER);
            case "number" -> EnumSet.of(JsonType.INTEGER, JsonType.NUMBER);
            case "string" -> EnumSet.of(JsonType.STRING);
            case "array" -> EnumSet.of(JsonType.ARRAY);
            case "object" -> EnumSet.of(JsonType.OBJECT);
            default ->
                throw wrong(schema, "type", "null, boolean, integer, number, string, array, object or a list of them");
        };
    }

    static JsonType typeOf(@Nullable Object value) {
        BigDecimal number = JsonLiteral.decimal(value);
        if (number != null) {
            return number.stripTrailingZeros().scale() <= 0 ? JsonType.INTEGER : JsonType.NUMBER;
        }
        return switch (value) {
            case null -> JsonType.NULL;
            case Boolean truth -> JsonType.BOOLEAN;
            case List<?> list -> JsonType.ARRAY;
            case Map<?, ?> map -> JsonType.OBJECT;
            default -> JsonType.STRING;
        };
    }

    /** Returns the values that {@code enum} and {@code const} leave, or null if neither is there. */
    @Nullable
    List<@Nullable Object> values() {
        List<@Nullable Object> values = null;
        for (Subschema schema : schemas) {
            Map<?, ?> map = (Map<?, ?>) schema.value();
            if (map.containsKey("enum")) {
                if (!(map.get("enum") instanceof List<?> list)) {
                    throw wrong(schema, "enum", "a list");
                }
                values = values == null ? new ArrayList<>(list) : common(list, values);
            }
            if (map.containsKey("const")) {
                List<@Nullable Object> one = new ArrayList<>();
                one.add(map.get("const"));
                values = values == null ? one : common(one, values);
            }
        }
        return values;
    }

    private static List<@Nullable Object> common(List<?> some, List<?> others) {
        Set<@Nullable Object> known = JsonLiteral.identities(others);
        List<@Nullable Object> common = new ArrayList<>();
        for (Object value : some) {
            if (known.contains(JsonLiteral.identity(value))) {
                common.add(value);
            }
        }
        return common;
    }

    /** Returns the largest count that is demanded at a keyword such as {@code minLength}. */
    int least(String keyword) {
        int least = 0;
        for (Said said : said(keyword)) {
            BigDecimal count = count(said, keyword);
            if (count.compareTo(BigDecimal.valueOf(MAX_LEAST)) > 0) {
                throw wrong(said.schema(), keyword, "at most " + MAX_LEAST);
            }
            least = Math.max(least, count.intValue());
        }
        return least;
    }

    /** Returns the smallest count that is allowed at a keyword such as {@code maxLength}. */
    int most(String keyword) {
        int most = Expression.UNBOUNDED;
        for (Said said : said(keyword)) {
            BigDecimal count = count(said, keyword);
            if (count.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0) {
                most = Math.min(most, count.intValue());
            }
        }
        return most;
    }

    private static BigDecimal count(Said said, String keyword) {
        BigDecimal count = JsonLiteral.decimal(said.value());
        if (count == null || count.signum() < 0 || typeOf(said.value()) != JsonType.INTEGER) {
            throw wrong(said.schema(), keyword, "an integer from 0");
        }
        return count;
    }

    /** Returns a number at a keyword. */
    static BigDecimal number(Said said, String keyword) {
        BigDecimal number = JsonLiteral.decimal(said.value());
        if (number == null || (long) number.precision() + Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw wrong(said.schema(), keyword, "a number of at most " + MAX_DIGITS + " digits");
        }
        return number;
    }

    /** Returns a string at a keyword. */
    static String string(Said said, String keyword) {
        if (said.value() instanceof String text) {
            return text;
        }
        throw wrong(said.schema(), keyword, "a string");
    }

    /** Returns an object at a keyword. */
    static Map<?, ?> object(Said said, String keyword) {
        if (said.value() instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(said.schema(), keyword, "an object");
    }
}
