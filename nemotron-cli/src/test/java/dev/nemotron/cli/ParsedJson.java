package dev.nemotron.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what commands print: maps, lists, strings, {@code Double} for every number. */
final class ParsedJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private ParsedJson() {}

    /** Reads one document and nothing after it. */
    static Map<String, Object> object(String text) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            Map<String, Object> document = cast(value(json));
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more than one document: " + text);
            }
            return document;
        }
    }

    /** Reads a file that holds one object. */
    static Map<String, Object> file(Path path) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), path)) {
            json.nextToken();
            return cast(value(json));
        }
    }

    @SuppressWarnings("unchecked")
    static <T> T cast(Object value) {
        return (T) value;
    }

    static List<Integer> ints(Object list) {
        List<Double> numbers = cast(list);
        return numbers.stream().map(Double::intValue).toList();
    }

    private static Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    map.put(name, value(json));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getDoubleValue();
        };
    }
}
