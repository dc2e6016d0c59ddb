package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that take sequences apart and put them together. */
final class SequenceFilters {

    /** A list of its own for each part is dearer than a step. */
    private static final int PART_STEPS = 64;

    private SequenceFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("length", (r, v, a) -> a.end(IntValue.of(v.length())));
        filters.put("count", (r, v, a) -> a.end(IntValue.of(v.length())));
        filters.put("list", (r, v, a) -> a.end(ListValue.collect(v)));
        filters.put("first", (r, v, a) -> a.end(first(v)));
        filters.put("last", (r, v, a) -> a.end(last(v)));
        filters.put("join", SequenceFilters::join);
        filters.put("reverse", (r, v, a) -> a.end(reverse(v)));
        filters.put("items", (r, v, a) -> a.end(items(v)));
        filters.put("batch", SequenceFilters::batch);
        filters.put("slice", SequenceFilters::slice);
        filters.put("sum", SequenceFilters::sum);
    }

    private static Value first(Value value) {
        Iterator<Value> items = value.iterator();
        return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
    }

    private static Value last(Value value) {
        if (value instanceof Generator) {
            throw new TemplateFault("'generator' object is not reversible");
        }
        List<Value> items = ListValue.items(value);
        return items.isEmpty() ? Undefined.because("No last item, sequence was empty.") : items.getLast();
    }

    private static Value join(Rendering rendering, Value value, Arguments arguments) {
        Text separator = arguments.optional("d", Text.EMPTY).text();
        Selector selector = Selector.optional(arguments.optional("attribute"));
        arguments.end();
        TextBuilder out = new TextBuilder();
        boolean more = false;
        for (Iterator<Value> items = value.iterator(); items.hasNext(); ) {
            out.append(more ? separator : Text.EMPTY)
                    .append(selector.select(items.next()).text());
            more = true;
        }
        return out.build();
    }

    private static Value reverse(Value value) {
        if (value instanceof Text text) {
            return text.slice(new Slice(null, null, IntValue.of(-1)));
        }
        List<Value> items = new ArrayList<>(ListValue.items(value));
        Collections.reverse(items);
        return value instanceof Generator ? ListValue.list(items) : new Generator(items.iterator(), value);
    }

    private static Value items(Value value) {
        return switch (value) {
            case DictValue dict -> new Generator(new DictView(dict, DictView.Kind.ITEMS).iterator(), dict);
            case Undefined undefined -> new Generator(undefined.iterator(), undefined);
            default -> throw new TemplateFault("Can only get item pairs from a mapping.");
        };
    }

    private static Value batch(Rendering rendering, Value value, Arguments arguments) {
        int size = Math.max(1, arguments.requiredInteger("linecount"));
        Value fill = arguments.optional("fill_with", NoneValue.NONE);
        arguments.end();
        List<Value> all = ListValue.items(value);
        List<Value> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            List<Value> batch = new ArrayList<>(all.subList(from, Math.min(all.size(), from + size)));
            pad(batch, size, fill);
            batches.add(ListValue.list(batch));
        }
        return new Generator(batches.iterator(), ListValue.list(batches));
    }

    private static Value slice(Rendering rendering, Value value, Arguments arguments) {
        int slices = arguments.requiredInteger("slices");
        Value fill = arguments.optional("fill_with", NoneValue.NONE);
        arguments.end();
        if (slices < 1) {
            throw new TemplateFault("integer division or modulo by zero");
        }
        List<Value> all = ListValue.items(value);
        int each = all.size() / slices;
        int extra = all.size() % slices;
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < slices; i++) {
            int to = from + each + (i < extra ? 1 : 0);
            List<Value> part = new ArrayList<>(all.subList(from, to));
            pad(part, extra > 0 && i >= extra ? part.size() + 1 : 0, fill);
            parts.add(ListValue.list(part));
            rendering.charge(PART_STEPS);
            from = to;
        }
        return new Generator(parts.iterator(), ListValue.list(parts));
    }

    private static void pad(List<Value> part, int size, Value fill) {
        if (fill != NoneValue.NONE) {
            Containers.limited(size);
            while (part.size() < size) {
                part.add(fill);
            }
        }
    }

    private static Value sum(Rendering rendering, Value value, Arguments arguments) {
        Selector selector = Selector.optional(arguments.optional("attribute"));
        Value total = arguments.optional("start", IntValue.of(0));
        arguments.end();
        for (Iterator<Value> items = value.iterator(); items.hasNext(); ) {
            total = rendering.charged(Operator.ADD.apply(total, selector.select(items.next())));
        }
        return total;
    }

    /** The path behind {@code attribute=}: names and positions joined by dots. */
    record Selector(List<Value> path, @Nullable Value otherwise, boolean ignoreCase) {

        static Selector optional(@Nullable Value attribute) {
            return of(attribute, null, false);
        }

        static Selector of(@Nullable Value attribute, @Nullable Value otherwise, boolean ignoreCase) {
            if (attribute == null || attribute == NoneValue.NONE) {
                return new Selector(List.of(), otherwise, ignoreCase);
            }
            if (!(attribute instanceof Text text)) {
                return new Selector(List.of(attribute), otherwise, ignoreCase);
            }
            List<Value> path = new ArrayList<>();
            for (String part : text.chars().split("\\.", -1)) {
                boolean number =
                        !part.isEmpty() && part.length() < 10 && part.chars().allMatch(Character::isDigit);
                path.add(number ? IntValue.of(Integer.parseInt(part)) : Text.trusted(part));
            }
            return new Selector(path, otherwise, ignoreCase);
        }

        Value select(Value item) {
            Value value = item;
            for (Value step : path) {
                value = value.subscript(step);
                if (otherwise != null && value instanceof Undefined) {
                    value = otherwise;
                }
            }
            return ignoreCase && value instanceof Text text ? text.map(PythonString::lower) : value;
        }
    }
}
