package dev.nemotron.template.jinja;

import java.util.List;

/** The expressions that are made with operators. Chains are lists, so long ones do not nest. */
sealed interface Operation extends Expression {

    /** {@code a + b - c}: operators of one level, from left to right. */
    record Arithmetic(Expression first, List<Operator> operators, List<Expression> rest, int position)
            implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = first.evaluate(frame);
            for (int i = 0; i < operators.size(); i++) {
                Value right = rest.get(i).evaluate(frame);
                frame.at(position);
                value = frame.rendering().charged(operators.get(i).apply(value, right));
            }
            return value;
        }
    }

    /** {@code a ~ b}: everything as text. */
    record Concatenation(List<Expression> parts) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            TextBuilder out = frame.rendering().buffer();
            for (Expression part : parts) {
                out.append(part.evaluate(frame).text());
            }
            return frame.rendering().charged(out.build());
        }
    }

    /** {@code a < b <= c}, where each middle operand is evaluated once. */
    record Comparisons(Expression first, List<Comparison> operators, List<Expression> rest, int position)
            implements Operation {

        private static final int COMPARED_PER_STEP = 8;
        private static final int SEARCHED_PER_STEP = 1024;

        @Override
        public Value evaluate(Frame frame) {
            Value left = first.evaluate(frame);
            for (int i = 0; i < operators.size(); i++) {
                Value right = rest.get(i).evaluate(frame);
                frame.at(position);
                frame.rendering().charge(work(left, right));
                if (!operators.get(i).test(left, right)) {
                    return BoolValue.FALSE;
                }
                left = right;
            }
            return BoolValue.TRUE;
        }

        private static long work(Value left, Value right) {
            if (left instanceof Text part && right instanceof Text text) {
                return (long) part.chars().length() * text.chars().length() / SEARCHED_PER_STEP;
            }
            return right.weight() / COMPARED_PER_STEP;
        }
    }

    /** {@code a and b} or {@code a or b}: the operand that decided. */
    record Logic(List<Expression> operands, boolean conjunction) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = operands.getFirst().evaluate(frame);
            for (int i = 1; i < operands.size() && value.truthy() == conjunction; i++) {
                value = operands.get(i).evaluate(frame);
            }
            return value;
        }
    }

    /** {@code not a}. */
    record Not(Expression operand) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            return BoolValue.of(!operand.evaluate(frame).truthy());
        }
    }

    /** {@code -a} or {@code +a}. */
    record Sign(Expression operand, boolean negative, int position) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = operand.evaluate(frame);
            frame.at(position);
            return switch (value) {
                case NumberValue number -> negative ? Numbers.negate(number) : Numbers.add(number, IntValue.of(0));
                case Undefined undefined -> throw undefined.fault();
                default ->
                    throw new TemplateFault(
                            "bad operand type for unary " + (negative ? "-" : "+") + ": '" + value.type() + "'");
            };
        }
    }
}
