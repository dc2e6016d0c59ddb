package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.SequenceFilters.Selector;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters that change or choose item by item, while the result is read. */
final class SelectionFilters {

    private SelectionFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("map", SelectionFilters::map);
        filters.put("select", (r, v, a) -> choose(r, v, a, false, true));
        filters.put("reject", (r, v, a) -> choose(r, v, a, false, false));
        filters.put("selectattr", (r, v, a) -> choose(r, v, a, true, true));
        filters.put("rejectattr", (r, v, a) -> choose(r, v, a, true, false));
    }

    private static Value map(Rendering rendering, Value value, Arguments arguments) {
        UnaryOperator<Value> change = change(rendering, arguments);
        Iterator<Value> items = items(value);
        Iterator<Value> changed = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Value next() {
                rendering.charge(1);
                return rendering.charged(change.apply(items.next()));
            }
        };
        return new Generator(changed, value);
    }

    // Whatever is false counts as empty here, None among it.
    private static Iterator<Value> items(Value value) {
        return value.truthy() ? value.iterator() : Collections.emptyIterator();
    }

    private static UnaryOperator<Value> change(Rendering rendering, Arguments arguments) {
        Value name = arguments.nextPositional();
        List<Value> positional = arguments.remainingPositional();
        Map<String, Value> named = arguments.remainingNamed();
        if (name == null) {
            Value attribute = named.remove("attribute");
            Value otherwise = named.remove("default");
            if (!named.isEmpty()) {
                throw new TemplateFault("Unexpected keyword argument '"
                        + named.keySet().iterator().next() + "'");
            }
            if (attribute == null) {
                throw new TemplateFault("map requires a filter argument");
            }
            return Selector.of(attribute, otherwise, false)::select;
        }
        String filterName = name.text().chars();
        Filter filter = Filters.find(filterName);
        if (filter == null) {
            throw Filters.unknown(filterName);
        }
        return item -> filter.apply(rendering, item, new Arguments(filterName, positional, named));
    }

    private static Value choose(
            Rendering rendering, Value value, Arguments arguments, boolean byAttribute, boolean wanted) {
        Selector selector = Selector.optional(byAttribute ? arguments.required("attribute") : null);
        Predicate<Value> test = predicate(arguments);
        Iterator<Value> items = items(value);
        Iterator<Value> chosen = new Lookahead() {
            @Override
            @Nullable
            Value find() {
                while (items.hasNext()) {
                    rendering.charge(1);
                    Value item = items.next();
                    if (test.test(selector.select(item)) == wanted) {
                        return item;
                    }
                }
                return null;
            }
        };
        return new Generator(chosen, value);
    }

    private static Predicate<Value> predicate(Arguments arguments) {
        Value name = arguments.nextPositional();
        if (name == null) {
            arguments.end();
            return Value::truthy;
        }
        String testName = name.text().chars();
        Test test = Tests.find(testName);
        if (test == null) {
            throw Tests.unknown(testName);
        }
        List<Value> positional = arguments.remainingPositional();
        Map<String, Value> named = arguments.remainingNamed();
        return item -> test.test(item, new Arguments(testName, positional, named));
    }
}
