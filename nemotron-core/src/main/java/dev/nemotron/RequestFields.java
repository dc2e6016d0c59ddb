package dev.nemotron;

import dev.nemotron.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to an object of a request; a key with the value null counts as absent. Errors name the way to the key.
 *
 * @param values the object
 * @param path the way to it, empty at the root
 */
record RequestFields(Map<?, ?> values, String path) {

    static RequestFields of(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return new RequestFields(map, path);
        }
        throw wrong(path, "an object", value);
    }

    static InvalidRequestException wrong(String path, String expected, @Nullable Object found) {
        return new InvalidRequestException(
                path.isEmpty() ? "request" : path, "must be " + expected + ", found " + Json.describe(found));
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Nullable
    Object get(String key) {
        return values.get(key);
    }

    /** The first of several spellings that has a value, else the first. */
    String spelling(String... keys) {
        for (String key : keys) {
            if (get(key) != null) {
                return key;
            }
        }
        return keys[0];
    }

    boolean flag(String key, boolean absent) {
        return switch (get(key)) {
            case null -> absent;
            case Boolean value -> value;
            case Object other -> throw wrong(at(key), "true or false", other);
        };
    }

    @Nullable
    String text(String key) {
        return switch (get(key)) {
            case null -> null;
            case String value -> value;
            case Object other -> throw wrong(at(key), "a string", other);
        };
    }

    @Nullable
    Double number(String key) {
        return switch (get(key)) {
            case null -> null;
            case Number value -> value.doubleValue();
            case Object other -> throw wrong(at(key), "a number", other);
        };
    }

    @Nullable
    Long integer(String key, long least) {
        return switch (get(key)) {
            case null -> null;
            case Long value when value >= least -> value;
            case Double value
            when value == Math.rint(value) && value >= least && value <= Long.MAX_VALUE -> value.longValue();
            case Object other -> throw wrong(at(key), "an integer, " + least + " or more", other);
        };
    }

    @Nullable
    RequestFields object(String key) {
        Object value = get(key);
        return value == null ? null : of(value, at(key));
    }

    List<?> list(String key) {
        return switch (get(key)) {
            case null -> List.of();
            case List<?> value -> value;
            case Object other -> throw wrong(at(key), "a list", other);
        };
    }

    List<RequestFields> objects(String key) {
        List<RequestFields> objects = new ArrayList<>();
        for (Object value : list(key)) {
            objects.add(of(value, at(key) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object value : get(key) instanceof String text ? List.of(text) : list(key)) {
            if (!(value instanceof String text)) {
                throw wrong(at(key) + "[" + texts.size() + "]", "a string", value);
            }
            texts.add(text);
        }
        return texts;
    }

    /** The object with the keys that JSON has. */
    Map<String, @Nullable Object> json() {
        @SuppressWarnings("unchecked") // JSON has no other keys
        Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) values;
        return map;
    }
}
