package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.SequenceFilters.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters that order, group and thin out. */
final class OrderFilters {

    private OrderFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("sort", OrderFilters::sort);
        filters.put("dictsort", OrderFilters::dictSort);
        filters.put("unique", OrderFilters::unique);
        filters.put("groupby", OrderFilters::groupBy);
        filters.put("min", (r, v, a) -> extreme(v, a, Comparison.ORDER));
        filters.put("max", (r, v, a) -> extreme(v, a, Comparison.ORDER.reversed()));
    }

    private record Keyed(Value key, Value item) {}

    private static List<Value> sorted(List<Keyed> keyed, boolean reverse) {
        // Nothing but a fault can leave the comparator, and a merge sort copes with any order.
        keyed.sort(Comparator.comparing(Keyed::key, reverse ? Comparison.ORDER.reversed() : Comparison.ORDER));
        return keyed.stream().map(Keyed::item).toList();
    }

    private static Value sort(Rendering rendering, Value value, Arguments arguments) {
        boolean reverse = arguments.flag("reverse", false);
        boolean caseSensitive = arguments.flag("case_sensitive", false);
        Value attribute = arguments.optional("attribute", NoneValue.NONE);
        arguments.end();
        List<Selector> selectors = new ArrayList<>();
        if (attribute instanceof Text text) {
            for (String part : text.chars().split(",", -1)) {
                selectors.add(Selector.of(Text.trusted(part), null, !caseSensitive));
            }
        } else {
            selectors.add(Selector.of(attribute, null, !caseSensitive));
        }
        List<Keyed> keyed = new ArrayList<>();
        for (Value item : ListValue.items(value)) {
            List<Value> keys = selectors.stream().map(s -> s.select(item)).toList();
            keyed.add(new Keyed(keys.size() == 1 ? keys.getFirst() : ListValue.list(keys), item));
        }
        rendering.charge(16L * keyed.size());
        return ListValue.list(sorted(keyed, reverse));
    }

    private static Value dictSort(Rendering rendering, Value value, Arguments arguments) {
        boolean caseSensitive = arguments.flag("case_sensitive", false);
        String by = arguments.optional("by", Text.trusted("key")).text().chars();
        boolean reverse = arguments.flag("reverse", false);
        arguments.end();
        if (!by.equals("key") && !by.equals("value")) {
            throw new TemplateFault("You can only sort by either \"key\" or \"value\"");
        }
        if (!(value instanceof DictValue dict)) {
            throw new TemplateFault("'" + value.type() + "' object has no attribute 'items'");
        }
        Selector selector = Selector.of(IntValue.of(by.equals("key") ? 0 : 1), null, !caseSensitive);
        List<Keyed> keyed = new ArrayList<>();
        for (Value pair : ListValue.items(new DictView(dict, DictView.Kind.ITEMS))) {
            keyed.add(new Keyed(selector.select(pair), pair));
        }
        rendering.charge(16L * keyed.size());
        return ListValue.list(sorted(keyed, reverse));
    }

    private static Value unique(Rendering rendering, Value value, Arguments arguments) {
        boolean caseSensitive = arguments.flag("case_sensitive", false);
        Selector selector = Selector.of(arguments.optional("attribute"), null, !caseSensitive);
        arguments.end();
        Set<Value> seen = new HashSet<>();
        List<Value> unique = new ArrayList<>();
        for (Iterator<Value> items = value.iterator(); items.hasNext(); ) {
            Value item = items.next();
            Value key = selector.select(item);
            key.requireHashable();
            if (seen.add(key)) {
                unique.add(item);
            }
        }
        return new Generator(unique.iterator(), ListValue.list(unique));
    }

    private static Value groupBy(Rendering rendering, Value value, Arguments arguments) {
        Value attribute = arguments.required("attribute");
        Value otherwise = arguments.optional("default");
        boolean caseSensitive = arguments.flag("case_sensitive", false);
        arguments.end();
        Selector exact = Selector.of(attribute, otherwise, false);
        Selector selector = Selector.of(attribute, otherwise, !caseSensitive);
        List<Keyed> keyed = new ArrayList<>();
        for (Value item : ListValue.items(value)) {
            keyed.add(new Keyed(selector.select(item), item));
        }
        rendering.charge(16L * keyed.size());
        List<Value> items = sorted(keyed, false);
        List<Value> groups = new ArrayList<>();
        int from = 0;
        for (int at = 1; at <= items.size(); at++) {
            boolean ends =
                    at == items.size() || !selector.select(items.get(at)).equals(selector.select(items.get(from)));
            if (ends) {
                Value key = caseSensitive ? selector.select(items.get(from)) : exact.select(items.get(from));
                groups.add(ListValue.tuple(key, ListValue.list(items.subList(from, at))));
                from = at;
            }
        }
        return ListValue.list(groups);
    }

    private static Value extreme(Value value, Arguments arguments, Comparator<Value> order) {
        boolean caseSensitive = arguments.flag("case_sensitive", false);
        Selector selector = Selector.of(arguments.optional("attribute"), null, !caseSensitive);
        arguments.end();
        Iterator<Value> items = value.iterator();
        if (!items.hasNext()) {
            return Undefined.because("No aggregated item, sequence was empty.");
        }
        Value best = items.next();
        while (items.hasNext()) {
            Value item = items.next();
            if (order.compare(selector.select(item), selector.select(best)) < 0) {
                best = item;
            }
        }
        return best;
    }
}
