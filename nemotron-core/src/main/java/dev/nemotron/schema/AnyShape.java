package dev.nemotron.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON value, as it is. */
record AnyShape() implements Shape {

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        return Map.of();
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path) {
        return json;
    }
}
