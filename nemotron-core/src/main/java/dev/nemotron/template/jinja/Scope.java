package dev.nemotron.template.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a part of a template sees: its own and those of the parts around it. */
final class Scope {

    private final @Nullable Scope outer;
    private final Map<String, Value> names;

    Scope(@Nullable Scope outer) {
        this(outer, new HashMap<>(4));
    }

    /** A scope of given names, which are not copied. */
    Scope(@Nullable Scope outer, Map<String, Value> names) {
        this.outer = outer;
        this.names = names;
    }

    Value get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value value = scope.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.variable(name);
    }

    void set(String name, Value value) {
        names.put(name, value);
    }
}
