package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A string, a number or a truth value.
 *
 * @param type the name that JSON Schema has for it
 * @param format the format of a string, or null
 * @param least the least integer, or null
 * @param greatest the greatest integer, or null
 * @param expected what it is, for messages
 * @param reading makes the Java value
 */
record ScalarShape(
        String type,
        @Nullable String format,
        @Nullable Long least,
        @Nullable Long greatest,
        String expected,
        Reading reading)
        implements Shape {

    /** Makes a Java value of a JSON value. */
    interface Reading {

        /**
         * Reads a value.
         *
         * @param json the JSON value
         * @return the Java value, or null if it is none
         * @throws IllegalArgumentException if it is none
         * @throws DateTimeException if it is none
         */
        @Nullable
        Object read(Object json);
    }

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (format != null) {
            schema.put("format", format);
        }
        if (writer.bounded() && least != null && greatest != null) {
            schema.put("minimum", least);
            schema.put("maximum", greatest);
        }
        return schema;
    }

    @Override
    public Object read(@Nullable Object json, String path) {
        Object value;
        try {
            value = json == null ? null : reading.read(json);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            value = null;
        }
        if (value == null) {
            throw JsonMismatchException.at(path, expected, Json.describe(json));
        }
        return value;
    }
}
