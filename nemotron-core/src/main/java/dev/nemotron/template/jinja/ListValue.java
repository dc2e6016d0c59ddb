package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Python list or tuple. */
final class ListValue implements SequenceValue {

    private static final Set<String> MUTATORS =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

    private final List<Value> items;
    private final boolean tuple;
    private final int depth;
    private final long weight;

    private ListValue(List<Value> items, boolean tuple) {
        this.items = items;
        this.tuple = tuple;
        this.depth = Containers.depth(items);
        this.weight = Containers.weight(items);
    }

    static ListValue list(List<? extends Value> items) {
        return new ListValue(List.copyOf(items), false);
    }

    static ListValue tuple(List<? extends Value> items) {
        return new ListValue(List.copyOf(items), true);
    }

    static ListValue tuple(Value... items) {
        return new ListValue(List.of(items), true);
    }

    /** Python's {@code list(value)}. */
    static ListValue collect(Value iterable) {
        return list(items(iterable));
    }

    /** The items of anything that can be iterated over, as a list of ours. */
    static List<Value> items(Value iterable) {
        if (iterable instanceof ListValue list) {
            return list.items;
        }
        List<Value> items = new ArrayList<>();
        for (Iterator<Value> source = iterable.iterator(); source.hasNext(); ) {
            items.add(source.next());
            Containers.limited(items.size());
        }
        return items;
    }

    boolean isTuple() {
        return tuple;
    }

    List<Value> items() {
        return items;
    }

    ListValue plus(ListValue other) {
        List<Value> joined = new ArrayList<>(items);
        joined.addAll(other.items);
        return new ListValue(List.copyOf(joined), tuple);
    }

    ListValue times(int count) {
        List<Value> repeated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            repeated.addAll(items);
        }
        return new ListValue(List.copyOf(repeated), tuple);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Value get(int index) {
        return items.get(index);
    }

    @Override
    public Value slice(Slice slice) {
        Slice.Bounds bounds = slice.bounds(items.size());
        List<Value> part = new ArrayList<>(bounds.count());
        for (int i = 0; i < bounds.count(); i++) {
            part.add(items.get(bounds.from() + i * bounds.step()));
        }
        return new ListValue(List.copyOf(part), tuple);
    }

    @Override
    public String type() {
        return tuple ? "tuple" : "list";
    }

    @Override
    public void repr(TextBuilder out) {
        out.append(tuple ? "(" : "[");
        Containers.reprAll(items.iterator(), out);
        out.append(tuple ? (items.size() == 1 ? ",)" : ")") : "]");
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
        if (!tuple) {
            throw new TemplateFault("unhashable type: 'list'");
        }
        items.forEach(Value::requireHashable);
    }

    @Override
    public @Nullable Value member(String name) {
        if (!tuple && MUTATORS.contains(name)) {
            return Undefined.unsafe("list", name);
        }
        return switch (name) {
            case "index" -> new Function("index", (rendering, arguments) -> index(arguments));
            case "count" -> new Function("count", (rendering, arguments) -> count(arguments));
            case "copy" -> tuple ? null : new Function("copy", (rendering, arguments) -> arguments.end(this));
            default -> null;
        };
    }

    private Value index(Arguments arguments) {
        int index = items.indexOf(arguments.required("value"));
        if (index < 0) {
            throw new TemplateFault(type() + ".index(x): x not in " + type());
        }
        return arguments.end(IntValue.of(index));
    }

    private Value count(Arguments arguments) {
        Value wanted = arguments.required("value");
        return arguments.end(IntValue.of(items.stream().filter(wanted::equals).count()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListValue list && tuple == list.tuple && items.equals(list.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
