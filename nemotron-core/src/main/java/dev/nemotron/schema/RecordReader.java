package dev.nemotron.schema;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as the Java types that {@link JsonSchemas} understands. Lists, sets and maps that it makes cannot be changed.
 */
public final class RecordReader {

    private RecordReader() {}

    /**
     * Reads a value.
     *
     * @param <T> the type
     * @param json a JSON value: maps, lists, strings, numbers, truth values and null
     * @param type the class to read it as
     * @return the value
     * @throws JsonMismatchException if the JSON has another form, or the constructor of a record refuses what it is given; the
     *     message names the path, what was expected and what was found
     * @throws IllegalArgumentException if the type is not understood, or a record of it cannot be made from here
     */
    public static <T> T read(@Nullable Object json, Class<T> type) {
        @SuppressWarnings("unchecked") // a shape makes values of its type, boxed
        T value = (T) new Shapes().of(type, type.getTypeName()).read(json, type.getSimpleName());
        if (value == null) {
            throw JsonMismatchException.at(type.getSimpleName(), "a value", "null");
        }
        return value;
    }

    /**
     * Reads a value of a type that is no class, for example a list of records.
     *
     * @param json a JSON value: maps, lists, strings, numbers, truth values and null
     * @param type the type to read it as
     * @return the value, null only for types that may be null
     * @throws JsonMismatchException as {@link #read(Object, Class)} does
     * @throws IllegalArgumentException as {@link #read(Object, Class)} does
     */
    public static @Nullable Object read(@Nullable Object json, Type type) {
        return new Shapes().of(type, type.getTypeName()).read(json, "value");
    }
}
