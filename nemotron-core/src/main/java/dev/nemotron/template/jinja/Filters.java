package dev.nemotron.template.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters by name. */
final class Filters {

    private static final Map<String, Filter> FILTERS = table();

    private Filters() {}

    static @Nullable Filter find(String name) {
        return FILTERS.get(name);
    }

    static TemplateFault unknown(String name) {
        return new TemplateFault("No filter named '" + name + "'.");
    }

    private static Map<String, Filter> table() {
        Map<String, Filter> filters = new HashMap<>();
        TextFilters.register(filters);
        ValueFilters.register(filters);
        SequenceFilters.register(filters);
        OrderFilters.register(filters);
        SelectionFilters.register(filters);
        return Map.copyOf(filters);
    }
}
