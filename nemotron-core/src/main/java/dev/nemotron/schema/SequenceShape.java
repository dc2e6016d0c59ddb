package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list, a set or an array.
 *
 * @param item the shape of its items
 * @param gather makes the Java value of the items
 */
record SequenceShape(Shape item, Function<List<@Nullable Object>, Object> gather) implements Shape {

    static SequenceShape list(Shape item) {
        return new SequenceShape(item, Collections::unmodifiableList);
    }

    /** A set; what comes twice is in it once. */
    static SequenceShape set(Shape item) {
        return new SequenceShape(item, items -> Collections.unmodifiableSet(new LinkedHashSet<>(items)));
    }

    static SequenceShape array(Shape item, Class<?> itemType) {
        return new SequenceShape(item, items -> {
            Object array = Array.newInstance(itemType, items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, items.get(i));
            }
            return array;
        });
    }

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", writer.part(item));
        return schema;
    }

    @Override
    public Object read(@Nullable Object json, String path) {
        if (!(json instanceof List<?> list)) {
            throw JsonMismatchException.at(path, "a list", Json.describe(json));
        }
        List<@Nullable Object> items = new ArrayList<>(list.size());
        for (Object element : list) {
            items.add(item.read(element, path + '[' + items.size() + ']'));
        }
        return gather.apply(items);
    }

    @Override
    public List<Shape> parts() {
        return List.of(item);
    }
}
