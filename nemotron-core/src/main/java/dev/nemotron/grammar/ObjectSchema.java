package dev.nemotron.grammar;

import dev.nemotron.grammar.Facts.Said;
import dev.nemotron.grammar.SchemaDocument.Constraint;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the members of an object may be: the named ones in the order of {@code properties}, then those that are only required,
 * then all others by the pattern of their key.
 */
final class ObjectSchema {

    /** A member whose name is given. */
    record Named(String name, boolean required, List<Constraint> value) {}

    /** Members whose key is free to choose; no pattern stands for any key that has no other rule. */
    record Free(@Nullable Dfa keys, List<Constraint> value) {}

    private static final int MAX_WORDS = 64;
    private static final int MAX_LETTERS = 200;

    private final Facts facts;
    private final Map<String, Dfa> patterns = new LinkedHashMap<>();
    private final Map<String, Named> named = new LinkedHashMap<>();
    private final List<Free> free = new ArrayList<>();

    ObjectSchema(Facts facts, boolean closed) {
        this.facts = facts;
        Set<String> required = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (Said said : facts.said("properties")) {
            Facts.object(said, "properties").keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        for (Said said : facts.said("required")) {
            if (!(said.value() instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
                throw Facts.wrong(said.schema(), "required", "a list of strings");
            }
            list.forEach(name -> required.add((String) name));
        }
        names.addAll(required);
        for (Said said : facts.said("patternProperties")) {
            for (Object pattern : Facts.object(said, "patternProperties").keySet()) {
                patterns.computeIfAbsent(String.valueOf(pattern), key -> search(said.schema(), key));
            }
        }
        refuseOverlap();
        for (String name : names) {
            named.put(name, new Named(name, required.contains(name), valueOf(name)));
        }
        if (!closed) {
            addFree(names);
        }
    }

    private static Dfa search(Subschema schema, String pattern) {
        try {
            return RegexParser.search(pattern);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchemaException(schema.pointer(), "patternProperties", String.valueOf(e.getMessage()));
        }
    }

    List<Named> named() {
        return List.copyOf(named.values());
    }

    List<Free> free() {
        return free;
    }

    private void refuseOverlap() {
        List<Map.Entry<String, Dfa>> all = List.copyOf(patterns.entrySet());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!bounded(all.get(i).getValue(), all.get(j).getValue()).isEmpty()) {
                    throw wrong("patterns that both match one key, \""
                            + all.get(j).getKey() + "\" and \"" + all.get(i).getKey() + "\", are not supported");
                }
            }
        }
    }

    private UnsupportedSchemaException wrong(String reason) {
        Said said = facts.said("patternProperties").getFirst();
        return new UnsupportedSchemaException(said.schema().pointer(), "patternProperties", reason);
    }

    private Dfa bounded(Dfa left, Dfa right) {
        try {
            return left.and(right);
        } catch (IllegalArgumentException e) {
            throw wrong("the keys are " + e.getMessage());
        }
    }

    /** What all schemas say about the member of a name. */
    private List<Constraint> valueOf(String name) {
        List<Constraint> all = new ArrayList<>();
        for (Subschema schema : facts.schemas()) {
            Map<?, ?> map = (Map<?, ?>) schema.value();
            boolean found = false;
            if (map.get("properties") instanceof Map<?, ?> properties && properties.containsKey(name)) {
                all.add(schema.at("properties", name));
                found = true;
            }
            if (map.get("patternProperties") instanceof Map<?, ?> byPattern) {
                for (Map.Entry<String, Dfa> pattern : patterns.entrySet()) {
                    if (byPattern.containsKey(pattern.getKey())
                            && pattern.getValue().accepts(name)) {
                        all.add(schema.at("patternProperties", pattern.getKey()));
                        found = true;
                    }
                }
            }
            if (!found && map.containsKey("additionalProperties")) {
                all.add(schema.at("additionalProperties"));
            }
        }
        return all;
    }

    private void addFree(Set<String> names) {
        List<Constraint> value = valueOfOthers();
        boolean none = value.stream()
                .anyMatch(constraint ->
                        constraint instanceof Subschema schema && schema.value().equals(false));
        if (none && patterns.isEmpty()) {
            return;
        }
        Dfa others = names.isEmpty() ? null : otherThan(names);
        for (Map.Entry<String, Dfa> pattern : new TreeMap<>(patterns).entrySet()) {
            addFree(
                    others == null ? pattern.getValue() : bounded(pattern.getValue(), others),
                    valueOfPattern(pattern.getKey()));
            Dfa outside = pattern.getValue().not();
            others = others == null ? outside : bounded(others, outside);
        }
        if (!none) {
            addFree(others, value);
        }
    }

    private List<Constraint> valueOfPattern(String pattern) {
        List<Constraint> value = new ArrayList<>();
        for (Subschema schema : facts.schemas()) {
            Map<?, ?> map = (Map<?, ?>) schema.value();
            if (map.get("patternProperties") instanceof Map<?, ?> here && here.containsKey(pattern)) {
                value.add(schema.at("patternProperties", pattern));
            } else if (map.containsKey("additionalProperties")) {
                value.add(schema.at("additionalProperties"));
            }
        }
        return value;
    }

    private List<Constraint> valueOfOthers() {
        List<Constraint> value = new ArrayList<>();
        for (Subschema schema : facts.schemas()) {
            if (((Map<?, ?>) schema.value()).containsKey("additionalProperties")) {
                value.add(schema.at("additionalProperties"));
            }
        }
        return value;
    }

    private Dfa otherThan(Set<String> names) {
        try {
            return Dfa.of(new Expression.Literals(List.copyOf(names))).not();
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchemaException(
                    facts.schemas().getFirst().pointer(),
                    "properties",
                    "keys other than these are " + e.getMessage() + "; set additionalProperties to false");
        }
    }

    /** Adds members by their keys. Keys of which there are few are names, since they could run out. */
    private void addFree(@Nullable Dfa keys, List<Constraint> value) {
        if (keys == null || keys.isOpenEverywhere()) {
            if (keys == null || !keys.isEmpty()) {
                free.add(new Free(keys, value));
            }
            return;
        }
        List<String> words = fewWords(keys);
        if (words == null) {
            throw wrong("patterns are supported if every key that begins as they say can go on without end, or if there"
                    + " are at most " + MAX_WORDS + " such keys");
        }
        words.forEach(word -> named.put(word, new Named(word, false, value)));
    }

    /** Returns the words of an automaton if there are at most {@link #MAX_WORDS}, else null. */
    private static @Nullable List<String> fewWords(Dfa keys) {
        List<String> words = new ArrayList<>();
        return keys.isEmpty() || (keys.isFinite() && collect(keys, 0, "", words)) ? words : null;
    }

    private static boolean collect(Dfa keys, int state, String word, List<String> words) {
        if (keys.accepts(state)) {
            words.add(word);
        }
        for (Map.Entry<Integer, CodePoints> edge : keys.edges(state).entrySet()) {
            CodePoints set = edge.getValue();
            for (int range = 0; range < set.ranges(); range++) {
                for (int point = set.low(range); point <= set.high(range); point++) {
                    boolean more = words.size() <= MAX_WORDS && word.length() <= MAX_LETTERS;
                    if (!more || !collect(keys, edge.getKey(), word + Character.toString(point), words)) {
                        return false;
                    }
                }
            }
        }
        return words.size() <= MAX_WORDS;
    }
}
