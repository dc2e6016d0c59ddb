package dev.nemotron.schema;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes one schema, with definitions for the shapes that occur more than once in it. For one use. */
final class SchemaWriter {

    private final boolean bounded;
    private final IdentityHashMap<Shape, Integer> occurrences = new IdentityHashMap<>();
    private final IdentityHashMap<Shape, String> names = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    /**
     * A writer.
     *
     * @param bounded whether integers have the bounds of their Java type
     */
    SchemaWriter(boolean bounded) {
        this.bounded = bounded;
    }

    boolean bounded() {
        return bounded;
    }

    Map<String, Object> write(Shape root) {
        count(root);
        return withDefinitions(root.schema(this));
    }

    /** The schema of an object with these members. */
    Map<String, Object> write(Members members) {
        members.list().forEach(member -> count(member.shape()));
        return withDefinitions(members.schema(null, null, this));
    }

    private Map<String, Object> withDefinitions(Map<String, Object> schema) {
        Map<String, Object> whole = new LinkedHashMap<>(schema);
        if (!definitions.isEmpty()) {
            whole.put("$defs", definitions);
        }
        return whole;
    }

    private void count(Shape shape) {
        if (shape.name() == null || occurrences.merge(shape, 1, Integer::sum) == 1) {
            shape.parts().forEach(this::count);
        }
    }

    /** The schema of a part: written out, or a reference to its definition. */
    Map<String, Object> part(Shape shape) {
        if (occurrences.getOrDefault(shape, 0) < 2) {
            return shape.schema(this);
        }
        String name = names.get(shape);
        if (name == null) {
            name = free(String.valueOf(shape.name()));
            names.put(shape, name);
            definitions.put(name, Map.of());
            definitions.put(name, shape.schema(this));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }
}
