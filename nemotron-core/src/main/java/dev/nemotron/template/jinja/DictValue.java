package dev.nemotron.template.jinja;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Python dict: keys in the order in which they came. */
final class DictValue implements Value {

    private static final Set<String> MUTATORS = Set.of("clear", "pop", "popitem", "setdefault", "update");

    private final Map<Value, Value> entries;
    private final int depth;
    private final long weight;

    private DictValue(Map<Value, Value> entries) {
        entries.keySet().forEach(Value::requireHashable);
        this.entries = Collections.unmodifiableMap(entries);
        this.depth = Math.max(Containers.depth(entries.keySet()), Containers.depth(entries.values()));
        this.weight = Containers.limited(Containers.weight(entries.keySet()) + Containers.weight(entries.values()));
    }

    static DictValue of(Map<Value, Value> entries) {
        return new DictValue(new LinkedHashMap<>(entries));
    }

    /** Python's {@code dict(...)}: a mapping or pairs, then keyword arguments. */
    static DictValue from(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        Value first = arguments.nextPositional();
        if (first instanceof DictValue dict) {
            entries.putAll(dict.entries);
        } else if (first != null) {
            for (Iterator<Value> pairs = first.iterator(); pairs.hasNext(); ) {
                Value pair = pairs.next();
                ListValue parts = ListValue.collect(pair);
                if (parts.size() != 2) {
                    throw new TemplateFault(
                            "dictionary update sequence element has length " + parts.size() + "; 2 is required");
                }
                parts.get(0).requireHashable();
                entries.put(parts.get(0), parts.get(1));
            }
        }
        arguments.remainingNamed().forEach((name, value) -> entries.put(Text.trusted(name), value));
        return arguments.end(new DictValue(entries));
    }

    Map<Value, Value> entries() {
        return entries;
    }

    @Override
    public String type() {
        return "dict";
    }

    @Override
    public boolean truthy() {
        return !entries.isEmpty();
    }

    @Override
    public int length() {
        return entries.size();
    }

    @Override
    public Iterator<Value> iterator() {
        return entries.keySet().iterator();
    }

    @Override
    public boolean contains(Value value) {
        value.requireHashable();
        return entries.containsKey(value);
    }

    @Override
    public @Nullable Value item(Value key) {
        return key instanceof ListValue list && !list.isTuple() ? null : entries.get(key);
    }

    @Override
    public Value slice(Slice slice) {
        throw new TemplateFault("unhashable type: 'slice'");
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public void requireHashable() {
        throw new TemplateFault("unhashable type: 'dict'");
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("{");
        String separator = "";
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
            out.append(separator);
            entry.getKey().repr(out);
            out.append(": ");
            entry.getValue().repr(out);
            separator = ", ";
        }
        out.append("}");
    }

    @Override
    public @Nullable Value member(String name) {
        if (MUTATORS.contains(name)) {
            return Undefined.unsafe("dict", name);
        }
        return switch (name) {
            case "get" -> new Function("get", (rendering, arguments) -> get(arguments));
            case "items" -> view("items", DictView.Kind.ITEMS);
            case "keys" -> view("keys", DictView.Kind.KEYS);
            case "values" -> view("values", DictView.Kind.VALUES);
            case "copy" -> new Function("copy", (rendering, arguments) -> arguments.end(this));
            default -> null;
        };
    }

    private Function view(String name, DictView.Kind kind) {
        return new Function(name, (rendering, arguments) -> arguments.end(new DictView(this, kind)));
    }

    private Value get(Arguments arguments) {
        Value key = arguments.required("key");
        Value otherwise = arguments.optional("default", NoneValue.NONE);
        key.requireHashable();
        return arguments.end(entries.getOrDefault(key, otherwise));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DictValue dict && entries.equals(dict.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
