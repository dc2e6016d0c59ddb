package dev.nemotron.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be null, and as a property may be left out.
 *
 * @param value the shape of the value that there is
 * @param optional whether the Java value is an {@code Optional}
 */
record NullableShape(Shape value, boolean optional) implements Shape {

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        Map<String, Object> schema = new LinkedHashMap<>(writer.part(value));
        if (schema.isEmpty()) {
            return schema;
        }
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            schema.put("type", List.of(type, "null"));
            return schema;
        }
        return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, Map.of("type", "null"))));
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path) {
        Object read = json == null ? null : value.read(json, path);
        return optional ? Optional.ofNullable(read) : read;
    }

    @Override
    public List<Shape> parts() {
        return List.of(value);
    }
}
