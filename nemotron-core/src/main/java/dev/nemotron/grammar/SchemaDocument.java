package dev.nemotron.grammar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON Schema as it was given, with limits on its size, and the references within it. */
final class SchemaDocument {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_VALUES = 200_000;

    /** What a value has to fulfil. */
    sealed interface Constraint {
        /** Where it is written; nothing else is written there. */
        String pointer();
    }

    /** A schema: an object or a truth value. */
    record Subschema(Object value, String pointer) implements Constraint {
        /** Returns the schema at a keyword. */
        Subschema at(String keyword) {
            return of(((Map<?, ?>) value).get(keyword), pointer + '/' + escaped(keyword));
        }

        /** Returns the schema of a name in the object at a keyword. */
        Subschema at(String keyword, String name) {
            Object member = ((Map<?, ?>) value).get(keyword) instanceof Map<?, ?> map ? map.get(name) : null;
            return of(member, pointer + '/' + escaped(keyword) + '/' + escaped(name));
        }

        /** Returns the schemas in the list at a keyword. */
        List<Subschema> listed(String keyword) {
            if (!(((Map<?, ?>) value).get(keyword) instanceof List<?> list)) {
                throw new UnsupportedSchemaException(pointer, keyword, "it must be a list of schemas");
            }
            List<Subschema> schemas = new ArrayList<>();
            for (Object one : list) {
                schemas.add(of(one, pointer + '/' + keyword + '/' + schemas.size()));
            }
            return schemas;
        }

        static Subschema of(@Nullable Object value, String pointer) {
            if (value instanceof Map<?, ?> || value instanceof Boolean) {
                return new Subschema(value, pointer);
            }
            throw new UnsupportedSchemaException(pointer, "", "a schema is an object or a truth value");
        }
    }

    /** What a schema says itself, without its references and combinations. */
    record Plain(Subschema schema) implements Constraint {
        @Override
        public String pointer() {
            return schema.pointer();
        }
    }

    /** One of several schemas, or exactly one of them. */
    record Alternatives(List<Subschema> branches, boolean exclusive, String pointer) implements Constraint {}

    private final Map<String, ? extends @Nullable Object> root;
    private int values;

    /**
     * Takes a document.
     *
     * @throws UnsupportedSchemaException if it is nested too deep or too large
     */
    SchemaDocument(Map<String, ? extends @Nullable Object> root) {
        this.root = root;
        measure(root, 0);
    }

    Subschema root() {
        return new Subschema(root, "");
    }

    private void measure(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new UnsupportedSchemaException("", "", "it is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (++values > MAX_VALUES) {
            throw new UnsupportedSchemaException("", "", "it has more than " + MAX_VALUES + " values");
        }
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> measure(member, depth + 1));
        } else if (value instanceof List<?> list) {
            list.forEach(member -> measure(member, depth + 1));
        }
    }

    /** Returns the schema that a reference names. */
    Subschema resolve(Subschema from) {
        if (!(((Map<?, ?>) from.value()).get("$ref") instanceof String reference)) {
            throw new UnsupportedSchemaException(from.pointer(), "$ref", "it must be a string");
        }
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw new UnsupportedSchemaException(
                    from.pointer(), "$ref", "only references within the schema such as #/$defs/name are supported");
        }
        Object value = root;
        StringBuilder pointer = new StringBuilder();
        for (String part : parts(from, reference)) {
            Object container = value;
            value = container instanceof Map<?, ?> map ? map.get(part) : element(container, part);
            pointer.append('/').append(escaped(part));
            if (value == null) {
                throw new UnsupportedSchemaException(from.pointer(), "$ref", "nothing is at " + reference);
            }
        }
        return Subschema.of(value, pointer.toString());
    }

    private static List<String> parts(Subschema from, String reference) {
        if (reference.length() < 2) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        for (String part : reference.substring(2).split("/", -1)) {
            try {
                String decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
                parts.add(decoded.replace("~1", "/").replace("~0", "~"));
            } catch (IllegalArgumentException e) {
                throw new UnsupportedSchemaException(
                        from.pointer(), "$ref", "it is no JSON pointer: " + e.getMessage());
            }
        }
        return parts;
    }

    private static @Nullable Object element(@Nullable Object container, String index) {
        if (container instanceof List<?> list && index.matches("0|[1-9][0-9]{0,8}")) {
            int place = Integer.parseInt(index);
            return place < list.size() ? list.get(place) : null;
        }
        return null;
    }

    private static String escaped(String part) {
        return part.replace("~", "~0").replace("/", "~1");
    }
}
