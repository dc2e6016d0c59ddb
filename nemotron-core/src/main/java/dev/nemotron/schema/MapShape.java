package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with any keys.
 *
 * @param value the shape of its values
 */
record MapShape(Shape value) implements Shape {

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", writer.part(value));
        return schema;
    }

    @Override
    public Object read(@Nullable Object json, String path) {
        if (!(json instanceof Map<?, ?> map)) {
            throw JsonMismatchException.at(path, "an object", Json.describe(json));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, element) -> {
            String name = String.valueOf(key);
            values.put(name, value.read(element, path + '.' + name));
        });
        return Collections.unmodifiableMap(values);
    }

    @Override
    public List<Shape> parts() {
        return List.of(value);
    }
}
