package dev.nemotron.output;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter's schema says of the type of its values, for formats that write values as bare text. Understands the names
 * of types that JSON Schema has and those that people write in their place.
 *
 * @param kinds the kinds of values that are allowed, in declared order
 */
record ParameterType(Set<Kind> kinds) {

    /** Text, and what is not declared. */
    static final ParameterType TEXT = new ParameterType(Set.of(Kind.TEXT));

    private static final int MOST_REFERENCES = 32;

    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        TRUTH,
        OBJECT,
        LIST,
        NULL,
        OTHER
    }

    /**
     * Reads a schema.
     *
     * @param schema the schema of the parameter
     * @param root the schema that its references start from
     */
    static ParameterType of(@Nullable Object schema, Map<String, ? extends @Nullable Object> root) {
        Set<Kind> kinds = new LinkedHashSet<>();
        collect(schema, root, kinds, MOST_REFERENCES);
        return kinds.isEmpty() ? TEXT : new ParameterType(kinds);
    }

    private static void collect(
            @Nullable Object schema, Map<String, ? extends @Nullable Object> root, Set<Kind> kinds, int depth) {
        if (!(schema instanceof Map<?, ?> map) || depth == 0) {
            return;
        }
        if (map.get("$ref") instanceof String reference) {
            collect(resolve(reference, root), root, kinds, depth - 1);
        } else if (map.get("type") instanceof String type) {
            kinds.add(named(type.strip().toLowerCase(Locale.ROOT)));
        } else if (map.get("type") instanceof List<?> types) {
            types.forEach(type -> kinds.add(named(String.valueOf(type).toLowerCase(Locale.ROOT))));
        } else if (map.containsKey("const")) {
            kinds.add(ofValue(map.get("const")));
        } else if (map.get("enum") instanceof List<?> values) {
            values.forEach(value -> kinds.add(ofValue(value)));
        } else if (map.containsKey("properties")) {
            kinds.add(Kind.OBJECT);
        } else if (map.containsKey("items")) {
            kinds.add(Kind.LIST);
        } else {
            for (String members : List.of("anyOf", "oneOf", "allOf")) {
                if (map.get(members) instanceof List<?> list) {
                    list.forEach(member -> collect(member, root, kinds, depth / 2));
                }
            }
        }
    }

    private static @Nullable Object resolve(String reference, Map<String, ? extends @Nullable Object> root) {
        Object found = root;
        for (String step : reference.split("/", -1)) {
            if (!step.equals("#")) {
                String key = step.replace("~1", "/").replace("~0", "~");
                found = found instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return found;
    }

    private static Kind named(String type) {
        return switch (type) {
            case "string", "str", "text", "varchar", "char", "enum" -> Kind.TEXT;
            case "boolean", "bool", "binary" -> Kind.TRUTH;
            case "array", "arr" -> Kind.LIST;
            case "object" -> Kind.OBJECT;
            case "null", "none" -> Kind.NULL;
            default -> beginning(type);
        };
    }

    private static Kind beginning(String type) {
        if (List.of("int", "uint", "long", "short", "unsigned").stream().anyMatch(type::startsWith)) {
            return Kind.INTEGER;
        }
        if (type.startsWith("num") || type.startsWith("float")) {
            return Kind.NUMBER;
        }
        if (type.startsWith("dict")) {
            return Kind.OBJECT;
        }
        return type.startsWith("list") ? Kind.LIST : Kind.OTHER;
    }

    private static Kind ofValue(@Nullable Object value) {
        return switch (value) {
            case null -> Kind.NULL;
            case String text -> Kind.TEXT;
            case Boolean truth -> Kind.TRUTH;
            case Integer number -> Kind.INTEGER;
            case Long number -> Kind.INTEGER;
            case BigInteger number -> Kind.INTEGER;
            case Number number -> Kind.NUMBER;
            case List<?> list -> Kind.LIST;
            case Map<?, ?> map -> Kind.OBJECT;
            default -> Kind.OTHER;
        };
    }

    /** Whether every value is text, so that it can be passed on before it is complete. */
    boolean isText() {
        return kinds.equals(TEXT.kinds);
    }

    /**
     * Makes JSON of a value that was written as bare text.
     *
     * @param text the value
     * @return JSON of a declared type where the text can be read as such, else a JSON string
     */
    String toJson(String text) {
        if (isText()) {
            return JsonStrings.quote(text);
        }
        String bare = text.strip();
        if (bare.equalsIgnoreCase("null") || bare.equalsIgnoreCase("none")) {
            return "null";
        }
        boolean exact = kinds.contains(Kind.TEXT);
        for (Kind kind : kinds) {
            String json = BareValue.read(kind, bare);
            if (json != null && !(exact && !isOf(kind, json))) {
                return json;
            }
        }
        return JsonStrings.quote(text);
    }

    private static boolean isOf(Kind kind, String json) {
        return switch (kind) {
            case OBJECT -> json.startsWith("{");
            case LIST -> json.startsWith("[");
            default -> true;
        };
    }

    /** Whether a value is of a declared type. */
    boolean admits(@Nullable Object value) {
        Kind found = ofValue(value);
        return kinds.contains(Kind.OTHER)
                || kinds.contains(found)
                || (found == Kind.INTEGER && kinds.contains(Kind.NUMBER))
                || (kinds.contains(Kind.INTEGER) && value instanceof Double number && number == Math.rint(number));
    }

    /** The declared types in words. */
    String description() {
        List<String> names =
                kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
        return String.join(" or ", names);
    }
}
