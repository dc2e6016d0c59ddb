package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an object: components of a record, or parameters of a method.
 *
 * @param list the members in order
 */
record Members(List<Member> list) {

    /**
     * A property.
     *
     * @param name its name
     * @param shape the shape of its value
     * @param description what it is for, or null
     */
    record Member(String name, Shape shape, @Nullable String description) {

        boolean required() {
            return !(shape instanceof NullableShape);
        }

        private Map<String, Object> schema(SchemaWriter writer) {
            Map<String, Object> schema = new LinkedHashMap<>(writer.part(shape));
            if (description != null) {
                schema.put("description", description);
            }
            return schema;
        }
    }

    /**
     * The schema of the object.
     *
     * @param tag the value of a property {@code type} that comes first, or null for none
     * @param description what the object is, or null
     * @param writer writes the members
     */
    Map<String, Object> schema(@Nullable String tag, @Nullable String description, SchemaWriter writer) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        if (tag != null) {
            Map<String, Object> type = new LinkedHashMap<>();
            type.put("type", "string");
            type.put("const", tag);
            properties.put(UnionShape.TAG, type);
            required.add(UnionShape.TAG);
        }
        for (Member member : list) {
            properties.put(member.name(), member.schema(writer));
            if (member.required()) {
                required.add(member.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (description != null) {
            schema.put("description", description);
        }
        schema.put("properties", properties);
        schema.put("required", List.copyOf(required));
        schema.put("additionalProperties", false);
        return schema;
    }

    /**
     * Reads the values of an object, in the order of the members.
     *
     * @param json the object
     * @param tagged whether it may have a property {@code type} that is no member
     * @param path where it stands
     */
    @Nullable
    Object[] read(@Nullable Object json, boolean tagged, String path) {
        if (!(json instanceof Map<?, ?> map)) {
            throw JsonMismatchException.at(path, "an object", Json.describe(json));
        }
        for (Object key : map.keySet()) {
            boolean known = list.stream().anyMatch(member -> member.name().equals(key));
            if (!known && !(tagged && UnionShape.TAG.equals(key))) {
                throw JsonMismatchException.at(path, expectedNames(), "\"" + key + '"');
            }
        }
        @Nullable Object[] values = new Object[list.size()];
        for (int i = 0; i < values.length; i++) {
            Member member = list.get(i);
            String inner = path + '.' + member.name();
            if (member.required() && !map.containsKey(member.name())) {
                throw JsonMismatchException.at(inner, "a value, since it is required", "nothing");
            }
            values[i] = member.shape().read(map.get(member.name()), inner);
        }
        return values;
    }

    private String expectedNames() {
        return list.isEmpty()
                ? "no properties"
                : "no properties but "
                        + String.join(", ", list.stream().map(Member::name).toList());
    }
}
