package dev.nemotron.schema;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * JSON Schemas of Java types. Records become objects with all their components and no other properties; a component that is
 * an {@code Optional} or is annotated with any {@code Nullable} need not be there. Sealed interfaces become alternatives with
 * a property {@code type} that names the record in kebab case. Understood are strings, truth values, numbers, enums, dates,
 * times, {@code UUID}, {@code URI}, lists, sets, arrays, maps with string keys, and {@code Object} for any JSON. A type that
 * occurs more than once or within itself becomes a definition. Integers have the bounds of their type, so that whatever is
 * after the schema can be read with {@link RecordReader}.
 */
public final class JsonSchemas {

    private JsonSchemas() {}

    /**
     * Makes the schema of a class.
     *
     * @param type the class
     * @return the schema, ordered as the type is
     * @throws IllegalArgumentException if the type, or one that it is made of, is not understood; the message names it
     */
    public static Map<String, Object> of(Class<?> type) {
        return of((Type) type);
    }

    /**
     * Makes the schema of a type, for example of a list of records.
     *
     * @param type the type
     * @return the schema, ordered as the type is
     * @throws IllegalArgumentException if the type, or one that it is made of, is not understood; the message names it
     */
    public static Map<String, Object> of(Type type) {
        return new SchemaWriter(true).write(new Shapes().of(type, type.getTypeName()));
    }
}
