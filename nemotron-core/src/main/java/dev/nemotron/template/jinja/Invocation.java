package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The expressions that hand arguments to something: calls, filters and tests. */
sealed interface Invocation extends Expression {

    /**
     * The arguments as written.
     *
     * @param positional by position
     * @param names the names of those by keyword
     * @param named their values
     * @param sequence the one after {@code *}
     * @param mapping the one after {@code **}
     */
    record Parameters(
            List<Expression> positional,
            List<String> names,
            List<Expression> named,
            @Nullable Expression sequence,
            @Nullable Expression mapping) {

        static final Parameters NONE = new Parameters(List.of(), List.of(), List.of(), null, null);

        static Parameters single(Expression argument) {
            return new Parameters(List.of(argument), List.of(), List.of(), null, null);
        }

        Arguments evaluate(String callee, Frame frame) {
            return evaluate(callee, frame, null);
        }

        Arguments evaluate(String callee, Frame frame, @Nullable Value caller) {
            List<Value> values = new ArrayList<>(positional.size());
            for (Expression expression : positional) {
                values.add(expression.evaluate(frame));
            }
            Map<String, Value> keywords = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                keywords.put(names.get(i), named.get(i).evaluate(frame));
            }
            if (caller != null) {
                keywords.put("caller", caller);
            }
            if (sequence != null) {
                values.addAll(ListValue.items(sequence.evaluate(frame)));
            }
            if (mapping != null) {
                spread(callee, mapping.evaluate(frame), keywords);
            }
            return new Arguments(callee, values, keywords);
        }

        private static void spread(String callee, Value mapping, Map<String, Value> keywords) {
            if (!(mapping instanceof DictValue dict)) {
                throw new TemplateFault(callee + "() argument after ** must be a mapping, not " + mapping.type());
            }
            dict.entries().forEach((key, value) -> {
                if (!(key instanceof Text name)) {
                    throw new TemplateFault("keywords must be strings");
                }
                if (keywords.put(name.chars(), value) != null) {
                    throw new TemplateFault(callee + "() got multiple values for keyword argument '" + name + "'");
                }
            });
        }
    }

    /** {@code callee(...)}; {@code name} is what messages call it. */
    record Call(Expression callee, String name, Parameters parameters, int position) implements Invocation {
        @Override
        public Value evaluate(Frame frame) {
            return evaluate(frame, null);
        }

        Value evaluate(Frame frame, @Nullable Value caller) {
            Value target = callee.evaluate(frame);
            Arguments arguments = parameters.evaluate(name, frame, caller);
            frame.at(position);
            frame.rendering().charge(arguments.textLength() / 64);
            return frame.rendering().charged(target.call(frame.rendering(), arguments));
        }
    }

    /** {@code input | name(...)}. */
    record Filtered(Expression input, String name, @Nullable Filter filter, Parameters parameters, int position)
            implements Invocation {
        @Override
        public Value evaluate(Frame frame) {
            return apply(frame, input.evaluate(frame));
        }

        Value apply(Frame frame, Value value) {
            Arguments arguments = parameters.evaluate(name, frame);
            frame.at(position);
            if (filter == null) {
                throw Filters.unknown(name);
            }
            return frame.rendering().charged(filter.apply(frame.rendering(), value, arguments));
        }
    }

    /** {@code input is name(...)}. */
    record Tested(Expression input, String name, @Nullable Test test, Parameters parameters, int position)
            implements Invocation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = input.evaluate(frame);
            Arguments arguments = parameters.evaluate(name, frame);
            frame.at(position);
            if (test == null) {
                throw Tests.unknown(name);
            }
            return BoolValue.of(test.test(value, arguments));
        }
    }
}
