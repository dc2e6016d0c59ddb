package dev.nemotron.schema;

import dev.nemotron.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sealed interface of records: one of several objects, told apart by a property. */
final class UnionShape implements Shape {

    /** The property that names the record. */
    static final String TAG = "type";

    private final Class<?> type;
    private final Map<String, RecordShape> variants = new LinkedHashMap<>();

    UnionShape(Class<?> type) {
        this.type = type;
    }

    /** Finds the records below the interface; apart from the constructor, since they may contain it. */
    void resolve(Shapes shapes, String where) {
        collect(type, shapes, where);
    }

    private void collect(Class<?> union, Shapes shapes, String where) {
        for (Class<?> permitted : union.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                add(permitted, shapes, where);
            } else if (permitted.isInterface() && permitted.isSealed()) {
                collect(permitted, shapes, where);
            } else {
                throw Shapes.refused(
                        permitted, where, "a sealed interface permits records and sealed interfaces of records");
            }
        }
    }

    private void add(Class<?> variant, Shapes shapes, String where) {
        for (var component : variant.getRecordComponents()) {
            if (component.getName().equals(TAG)) {
                throw Shapes.refused(
                        variant, where, "the property \"type\" names the record; rename its component of that name");
            }
        }
        RecordShape shape = shapes.record(variant, where);
        RecordShape other = variants.putIfAbsent(tag(variant), shape);
        if (other != null && other != shape) {
            throw Shapes.refused(variant, where, "another record has this name; rename one of them");
        }
    }

    /** The name of a record in the property: in kebab case. */
    static String tag(Class<?> variant) {
        return variant.getSimpleName()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    /** Whether a record belongs to a sealed interface. */
    static boolean isVariant(Class<?> type) {
        for (Class<?> above : type.getInterfaces()) {
            if (above.isSealed() || isVariant(above)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, Object> schema(SchemaWriter writer) {
        List<Map<String, Object>> alternatives = new ArrayList<>();
        variants.forEach((tag, variant) -> alternatives.add(variant.schema(tag, writer)));
        Map<String, Object> schema = new LinkedHashMap<>();
        String description = Shapes.description(type);
        if (description != null) {
            schema.put("description", description);
        }
        schema.put("anyOf", alternatives);
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path) {
        if (!(json instanceof Map<?, ?> map)) {
            throw JsonMismatchException.at(path, "an object", Json.describe(json));
        }
        Object tag = map.get(TAG);
        for (Map.Entry<String, RecordShape> variant : variants.entrySet()) {
            if (variant.getKey().equals(tag)
                    || variant.getValue().type().getSimpleName().equals(tag)) {
                return variant.getValue().read(json, path);
            }
        }
        throw JsonMismatchException.at(
                path + '.' + TAG, "one of " + String.join(", ", variants.keySet()), Json.describe(tag));
    }

    /** The parts of the records, not the records: they are written with the property and only here. */
    @Override
    public List<Shape> parts() {
        return variants.values().stream()
                .flatMap(variant -> variant.parts().stream())
                .toList();
    }

    @Override
    public String name() {
        return type.getSimpleName();
    }
}
