package dev.nemotron.grammar;

import dev.nemotron.grammar.SchemaDocument.Alternatives;
import dev.nemotron.grammar.SchemaDocument.Constraint;
import dev.nemotron.grammar.SchemaDocument.Plain;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that has to hold for one value: references followed, {@code allOf} taken apart, alternatives set aside. */
final class Conjunction {

    private final SchemaDocument document;
    private final Map<String, Subschema> schemas = new TreeMap<>();
    private final List<Subschema> inOrder = new ArrayList<>();
    private final List<Alternatives> alternatives = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private boolean impossible;
    private boolean followsReferences;

    Conjunction(SchemaDocument document) {
        this.document = document;
    }

    /** Adds a constraint and all that follows from it. */
    void add(Constraint constraint) {
        Deque<Constraint> work = new ArrayDeque<>(List.of(constraint));
        while (!work.isEmpty()) {
            switch (work.pop()) {
                case Alternatives group -> {
                    if (seen.add(group.pointer())) {
                        alternatives.add(group);
                    }
                }
                case Plain plain -> say(plain.schema());
                case Subschema schema
                when schema.value() instanceof Map<?, ?> map -> {
                    if (seen.add(schema.pointer())) {
                        take(schema, map, work);
                    }
                }
                case Subschema schema -> impossible |= schema.value().equals(false);
            }
        }
    }

    private void say(Subschema schema) {
        if (schemas.putIfAbsent(schema.pointer(), schema) == null) {
            inOrder.add(schema);
        }
    }

    private void take(Subschema schema, Map<?, ?> map, Deque<Constraint> work) {
        if (Keywords.check(schema)) {
            say(schema);
        }
        if (map.containsKey("allOf")) {
            schema.listed("allOf").reversed().forEach(work::push);
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            if (map.containsKey(keyword)) {
                String pointer = schema.pointer() + '/' + keyword;
                work.add(new Alternatives(schema.listed(keyword), keyword.equals("oneOf"), pointer));
            }
        }
        if (map.containsKey("$ref")) {
            followsReferences = true;
            work.push(document.resolve(schema));
        }
    }

    boolean impossible() {
        return impossible;
    }

    boolean followsReferences() {
        return followsReferences;
    }

    List<Alternatives> alternatives() {
        return alternatives;
    }

    /** What the schemas say themselves, for a conjunction with some of the alternatives. */
    List<Plain> plain() {
        return inOrder.stream().map(Plain::new).toList();
    }

    Facts facts() {
        return new Facts(List.copyOf(inOrder));
    }

    /** What tells this conjunction from others. */
    Set<String> pointers() {
        Set<String> pointers = new TreeSet<>(schemas.keySet());
        alternatives.forEach(group -> pointers.add(group.pointer()));
        return pointers;
    }
}
