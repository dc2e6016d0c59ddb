package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name of an enum constant.
 *
 * @param constants the constants in order
 */
record EnumShape(List<Enum<?>> constants) implements Shape {

    static EnumShape of(Class<?> type) {
        return new EnumShape(Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList());
    }

    private List<String> names() {
        return constants.stream().<String>map(Enum::name).toList();
    }

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("enum", names());
        return schema;
    }

    @Override
    public Object read(@Nullable Object json, String path) {
        for (Enum<?> constant : constants) {
            if (constant.name().equals(json)) {
                return constant;
            }
        }
        throw JsonMismatchException.at(path, "one of " + String.join(", ", names()), Json.describe(json));
    }
}
