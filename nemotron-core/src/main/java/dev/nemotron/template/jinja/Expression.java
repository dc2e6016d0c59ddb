package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value. */
interface Expression {

    /** Evaluates it. */
    Value evaluate(Frame frame);

    /** A constant. */
    record Literal(Value value) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            return value;
        }
    }

    /** A variable. */
    record Name(String name) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            return frame.scope().get(name);
        }
    }

    /** {@code [a, b]} or {@code (a, b)}. */
    record Items(List<Expression> items, boolean tuple) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            List<Value> values = all(items, frame);
            return frame.rendering().charged(tuple ? ListValue.tuple(values) : ListValue.list(values));
        }
    }

    /** <code>{key: value}</code>. */
    record Dict(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Value key = keys.get(i).evaluate(frame);
                key.requireHashable();
                entries.put(key, values.get(i).evaluate(frame));
            }
            return DictValue.of(entries);
        }
    }

    /** {@code owner.name}. */
    record Attribute(Expression owner, String name, int position) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            Value value = owner.evaluate(frame);
            frame.at(position);
            return value.attribute(name);
        }
    }

    /** {@code owner[key]}. */
    record Subscript(Expression owner, Expression key, int position) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            Value value = owner.evaluate(frame);
            Value index = key.evaluate(frame);
            frame.at(position);
            return value.subscript(index);
        }
    }

    /** {@code owner[from:to:step]}. */
    record Section(
            Expression owner,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step,
            int position)
            implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            Value value = owner.evaluate(frame);
            Slice slice = new Slice(bound(from, frame), bound(to, frame), bound(step, frame));
            frame.at(position);
            return frame.rendering().charged(value.slice(slice));
        }

        private static @Nullable Value bound(@Nullable Expression expression, Frame frame) {
            Value value = expression == null ? NoneValue.NONE : expression.evaluate(frame);
            return value == NoneValue.NONE ? null : value;
        }
    }

    /** {@code value if condition else otherwise}. */
    record Choice(
            Expression value,
            Expression condition,
            @Nullable Expression otherwise) implements Expression {
        @Override
        public Value evaluate(Frame frame) {
            if (condition.evaluate(frame).truthy()) {
                return value.evaluate(frame);
            }
            return otherwise == null
                    ? Undefined.because("the inline if-expression evaluated to false and no else section was defined")
                    : otherwise.evaluate(frame);
        }
    }

    private static List<Value> all(List<Expression> expressions, Frame frame) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression.evaluate(frame));
        }
        return values;
    }
}
