package dev.nemotron.template.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call. A callee takes its parameters one after the other by name, each from the positions or from
 * the keywords, and closes with {@link #end}, which refuses what is left.
 */
final class Arguments {

    private final String callee;
    private final List<Value> positional;
    private final Map<String, Value> named;
    private int next;

    Arguments(String callee, List<Value> positional, Map<String, Value> named) {
        this.callee = callee;
        this.positional = positional;
        this.named = new LinkedHashMap<>(named);
    }

    static Arguments none(String callee) {
        return new Arguments(callee, List.of(), Map.of());
    }

    @Nullable
    Value nextPositional() {
        return next < positional.size() ? positional.get(next++) : null;
    }

    List<Value> remainingPositional() {
        List<Value> rest = positional.subList(next, positional.size());
        next = positional.size();
        return rest;
    }

    Map<String, Value> remainingNamed() {
        Map<String, Value> rest = new LinkedHashMap<>(named);
        named.clear();
        return rest;
    }

    /** A parameter that can only come by keyword, or null. */
    @Nullable
    Value named(String name) {
        return named.remove(name);
    }

    /** The parameter, or null if it was not given. */
    @Nullable
    Value optional(String name) {
        Value value = nextPositional();
        if (value == null) {
            return named.remove(name);
        }
        if (named.containsKey(name)) {
            throw new TemplateFault(callee + "() got multiple values for argument '" + name + "'");
        }
        return value;
    }

    Value optional(String name, Value otherwise) {
        Value value = optional(name);
        return value == null ? otherwise : value;
    }

    Value required(String name) {
        Value value = optional(name);
        if (value == null) {
            throw new TemplateFault(callee + "() missing required argument '" + name + "'");
        }
        return value;
    }

    Text requiredText(String name) {
        return text(name, required(name));
    }

    private Text text(String name, Value value) {
        if (value instanceof Text text) {
            return text;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        throw new TemplateFault(callee + "() argument '" + name + "' must be str, not " + value.type());
    }

    int integer(String name, int otherwise) {
        Value value = optional(name);
        return value == null ? otherwise : integer(name, value);
    }

    int requiredInteger(String name) {
        return integer(name, required(name));
    }

    private int integer(String name, Value value) {
        if (value instanceof NumberValue number && number.integral()) {
            if (number.integer().bitLength() >= Integer.SIZE) {
                throw new TemplateFault(callee + "() argument '" + name + "' is too large");
            }
            return number.integer().intValue();
        }
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        throw new TemplateFault("'" + value.type() + "' object cannot be interpreted as an integer");
    }

    boolean flag(String name, boolean otherwise) {
        Value value = optional(name);
        return value == null ? otherwise : value.truthy();
    }

    /** Refuses arguments that were not taken and hands the result back. */
    <T extends Value> T end(T result) {
        end();
        return result;
    }

    void end() {
        if (next < positional.size()) {
            throw new TemplateFault(
                    callee + "() takes at most " + next + " arguments (" + positional.size() + " given)");
        }
        if (!named.isEmpty()) {
            throw new TemplateFault(callee + "() got an unexpected keyword argument '"
                    + named.keySet().iterator().next() + "'");
        }
    }

    /** How many characters of text are handed over, for the work that is charged. */
    long textLength() {
        long length = 0;
        for (Value value : positional) {
            length += value instanceof Text text ? text.chars().length() : 0;
        }
        return length;
    }
}
