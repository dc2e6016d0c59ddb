package dev.nemotron.template.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the variables of a rendering from Java values into values of the language. */
final class Variables {

    /** The names of roles cannot hold anything that a user wrote, and some templates make control tokens from them. */
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function", "ipython", "observation", "model");

    private final Set<String> trusted;

    private Variables(Set<String> trusted) {
        this.trusted = trusted;
    }

    static Map<String, Value> convert(Map<String, ?> variables, Set<String> trusted) {
        Variables conversion = new Variables(trusted);
        Map<String, Value> values = new HashMap<>(variables.size() * 2);
        variables.forEach((name, value) -> values.put(name, conversion.value(value, name, 0)));
        return values;
    }

    private Value value(@Nullable Object value, String name, int depth) {
        if (depth > TemplateLimits.NESTING) {
            throw new IllegalArgumentException(
                    "the variable " + name + " nests more than " + TemplateLimits.NESTING + " deep, the limit");
        }
        return switch (value) {
            case null -> NoneValue.NONE;
            case String text -> Text.of(text, trusted.contains(name));
            case Boolean flag -> BoolValue.of(flag);
            case Long number -> IntValue.of(number);
            case Integer number -> IntValue.of(number);
            case Short number -> IntValue.of(number);
            case Byte number -> IntValue.of(number);
            case BigInteger number -> new IntValue(number);
            case Double number -> new FloatValue(number);
            case Float number -> new FloatValue(number);
            case List<?> list -> list(list, name, depth);
            case Map<?, ?> map -> map(map, name, depth);
            default ->
                throw new IllegalArgumentException("the variable " + name + " holds a "
                        + value.getClass().getName()
                        + ", but templates take strings, booleans, integers, doubles, lists and"
                        + " maps with string keys");
        };
    }

    private ListValue list(List<?> list, String name, int depth) {
        List<Value> items = new ArrayList<>(list.size());
        for (Object item : list) {
            items.add(value(item, name, depth + 1));
        }
        return ListValue.list(items);
    }

    private DictValue map(Map<?, ?> map, String name, int depth) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw new IllegalArgumentException(
                        "the variable " + name + " holds a map with a key that is not a string: " + key);
            }
            boolean role = text.equals("role") && value instanceof String spoken && ROLES.contains(spoken);
            Value converted = role ? Text.trusted((String) value) : value(value, name, depth + 1);
            entries.put(Text.of(text, trusted.contains(name)), converted);
        });
        return DictValue.of(entries);
    }
}
