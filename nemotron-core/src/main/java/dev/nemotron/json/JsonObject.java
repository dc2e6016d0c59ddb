package dev.nemotron.json;

import dev.nemotron.ModelFormatException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with typed access whose errors name file and key. A key with the value null counts as absent.
 *
 * @param values the keys in document order
 * @param source the file, for messages
 * @param path the way from the document's root to this object, for messages; empty at the root
 */
public record JsonObject(Map<String, @Nullable Object> values, String source, String path) {

    /**
     * Tells whether a key is there with a value other than null.
     *
     * @param key the key
     * @return whether it has a value
     */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /**
     * Finds the first of several spellings that is present.
     *
     * @param keys the spellings, preferred first
     * @return the first key with a value, else the first spelling
     */
    public String firstPresent(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return key;
            }
        }
        return keys[0];
    }

    /**
     * Reads an integer.
     *
     * @param key the key
     * @param min the smallest value allowed
     * @param max the largest value allowed
     * @return the value
     * @throws ModelFormatException if it is absent, not an integer, or out of range
     */
    public int integer(String key, int min, int max) {
        return integerValue(key, required(key), min, max);
    }

    /**
     * Reads an integer that may be absent.
     *
     * @param key the key
     * @param min the smallest value allowed
     * @param max the largest value allowed
     * @param absent the value where the key is absent
     * @return the value
     * @throws ModelFormatException if it is not an integer, or out of range
     */
    public int integer(String key, int min, int max, int absent) {
        Object value = values.get(key);
        return value == null ? absent : integerValue(key, value, min, max);
    }

    private int integerValue(String key, Object value, int min, int max) {
        if (value instanceof Long number && number >= min && number <= max) {
            return number.intValue();
        }
        if (value instanceof Double number && number == Math.rint(number) && number >= min && number <= max) {
            return number.intValue();
        }
        throw wrong(key, "an integer from " + min + " to " + max, value);
    }

    /**
     * Reads a number that may be absent.
     *
     * @param key the key
     * @param absent the value where the key is absent
     * @return the value
     * @throws ModelFormatException if it is not a number
     */
    public double number(String key, double absent) {
        Object value = values.get(key);
        if (value == null) {
            return absent;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(key, "a number", value);
    }

    /**
     * Reads a truth value that may be absent.
     *
     * @param key the key
     * @param absent the value where the key is absent
     * @return the value
     * @throws ModelFormatException if it is neither true nor false
     */
    public boolean flag(String key, boolean absent) {
        Object value = values.get(key);
        if (value == null) {
            return absent;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, "true or false", value);
    }

    /**
     * Reads a string that may be absent.
     *
     * @param key the key
     * @return the value, or null where the key is absent
     * @throws ModelFormatException if it is not a string
     */
    public @Nullable String string(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(key, "a string", value);
    }

    /**
     * Reads an object that may be absent.
     *
     * @param key the key
     * @return the value, or null where the key is absent
     * @throws ModelFormatException if it is not an object
     */
    public @Nullable JsonObject object(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> child = (Map<String, @Nullable Object>) map;
            return new JsonObject(child, source, path.isEmpty() ? key : path + "." + key);
        }
        throw wrong(key, "an object", value);
    }

    /**
     * Reads a list that may be absent.
     *
     * @param key the key
     * @return the value, or null where the key is absent
     * @throws ModelFormatException if it is not a list
     */
    public @Nullable List<@Nullable Object> list(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            @SuppressWarnings("unchecked")
            List<@Nullable Object> items = (List<@Nullable Object>) list;
            return items;
        }
        throw wrong(key, "a list", value);
    }

    /**
     * Makes the exception for a key whose value cannot be used.
     *
     * @param key the key
     * @param expected what was expected
     * @param found the value that was found
     * @return the exception, for the caller to throw
     */
    public ModelFormatException wrong(String key, String expected, @Nullable Object found) {
        return new ModelFormatException(source + ": \"" + (path.isEmpty() ? key : path + "." + key) + "\" must be "
                + expected + ", found " + Json.describe(found));
    }

    private Object required(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new ModelFormatException(
                    source + ": the key \"" + (path.isEmpty() ? key : path + "." + key) + "\" is missing");
        }
        return value;
    }
}
