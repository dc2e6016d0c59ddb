package dev.nemotron.template.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests that follow {@code is}. */
final class Tests {

    private static final Map<String, Test> TESTS = table();

    private Tests() {}

    static @Nullable Test find(String name) {
        return TESTS.get(name);
    }

    static TemplateFault unknown(String name) {
        return new TemplateFault("No test named '" + name + "'.");
    }

    private static Map<String, Test> table() {
        Map<String, Test> tests = new HashMap<>();
        plain(tests, "defined", value -> !(value instanceof Undefined));
        plain(tests, "undefined", value -> value instanceof Undefined);
        plain(tests, "none", value -> value == NoneValue.NONE);
        plain(tests, "boolean", value -> value instanceof BoolValue);
        plain(tests, "true", value -> value instanceof BoolValue flag && flag.truthy());
        plain(tests, "false", value -> value instanceof BoolValue flag && !flag.truthy());
        plain(tests, "integer", value -> value instanceof IntValue);
        plain(tests, "float", value -> value instanceof FloatValue);
        plain(tests, "number", value -> value instanceof NumberValue);
        plain(tests, "string", value -> value instanceof Text);
        plain(tests, "mapping", value -> value instanceof DictValue);
        plain(tests, "sequence", Tests::isSequence);
        plain(tests, "iterable", Tests::isIterable);
        plain(tests, "callable", value -> value instanceof Function || value instanceof Macro || value instanceof Loop);
        plain(tests, "escaped", value -> value instanceof Text text && text.isMarkup());
        plain(tests, "lower", value -> StringMethods.isLower(value.text().chars()));
        plain(tests, "upper", value -> StringMethods.isUpper(value.text().chars()));
        plain(tests, "odd", value -> remainder(value, IntValue.of(2)).equals(IntValue.of(1)));
        plain(tests, "even", value -> remainder(value, IntValue.of(2)).equals(IntValue.of(0)));
        plain(tests, "filter", value -> value instanceof Text name && Filters.find(name.chars()) != null);
        plain(tests, "test", value -> value instanceof Text name && TESTS.containsKey(name.chars()));
        tests.put("divisibleby", (value, arguments) -> {
            Value divisor = arguments.required("num");
            arguments.end();
            return remainder(value, divisor).equals(IntValue.of(0));
        });
        tests.put("sameas", (value, arguments) -> same(value, arguments.end(arguments.required("other"))));
        compare(tests, Comparison.IN, "in");
        compare(tests, Comparison.EQUAL, "==", "eq", "equalto");
        compare(tests, Comparison.NOT_EQUAL, "!=", "ne");
        compare(tests, Comparison.LESS, "<", "lt", "lessthan");
        compare(tests, Comparison.LESS_EQUAL, "<=", "le");
        compare(tests, Comparison.GREATER, ">", "gt", "greaterthan");
        compare(tests, Comparison.GREATER_EQUAL, ">=", "ge");
        return Map.copyOf(tests);
    }

    private static void plain(Map<String, Test> tests, String name, Predicate<Value> test) {
        tests.put(name, (value, arguments) -> {
            arguments.end();
            return test.test(value);
        });
    }

    private static void compare(Map<String, Test> tests, Comparison comparison, String... names) {
        for (String name : names) {
            tests.put(name, (value, arguments) -> {
                Value other = arguments.required("other");
                arguments.end();
                return comparison.test(value, other);
            });
        }
    }

    // Python asks for a length and for subscription; undefined has both.
    private static boolean isSequence(Value value) {
        return value instanceof Text
                || value instanceof SequenceValue
                || value instanceof DictValue
                || value instanceof Undefined;
    }

    private static boolean isIterable(Value value) {
        return isSequence(value) || value instanceof DictView || value instanceof Generator || value instanceof Loop;
    }

    private static Value remainder(Value value, Value divisor) {
        return Operator.MODULO.apply(value, divisor);
    }

    // Python's identity, as far as a template can rely on it: constants, small numbers, literals.
    private static boolean same(Value left, Value right) {
        return left.getClass() == right.getClass() && left.equals(right);
    }
}
