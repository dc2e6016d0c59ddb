package dev.nemotron.template.jinja;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The binary arithmetic operators, with Python's behaviour for every pair of types. */
enum Operator {
    /** Addition and joining. */
    ADD("+"),
    /** Subtraction. */
    SUBTRACT("-"),
    /** Multiplication and repetition. */
    MULTIPLY("*"),
    /** Division to a float. */
    DIVIDE("/"),
    /** Division rounded down. */
    FLOOR_DIVIDE("//"),
    /** Remainder with the sign of the divisor, and filling in of text. */
    MODULO("%"),
    /** Power. */
    POWER("**");

    final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    Value apply(Value left, Value right) {
        if (left instanceof NumberValue a && right instanceof NumberValue b) {
            return onNumbers(a, b);
        }
        Value result = switch (this) {
            case ADD -> join(left, right);
            case MULTIPLY -> repeat(left, right);
            case MODULO -> left instanceof Text text ? FormatString.percent(text, right) : null;
            default -> null;
        };
        if (result != null) {
            return result;
        }
        if (left instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.fault();
        }
        throw new TemplateFault(
                "unsupported operand type(s) for " + symbol + ": '" + left.type() + "' and '" + right.type() + "'");
    }

    private Value onNumbers(NumberValue left, NumberValue right) {
        return switch (this) {
            case ADD -> Numbers.add(left, right);
            case SUBTRACT -> Numbers.subtract(left, right);
            case MULTIPLY -> Numbers.multiply(left, right);
            case DIVIDE -> Numbers.divide(left, right);
            case FLOOR_DIVIDE -> Numbers.floorDivide(left, right);
            case MODULO -> Numbers.modulo(left, right);
            case POWER -> Numbers.power(left, right);
        };
    }

    private static @Nullable Value join(Value left, Value right) {
        if (left instanceof Text a && right instanceof Text b) {
            return a.plus(b);
        }
        if (left instanceof Text && !(right instanceof Undefined)) {
            throw new TemplateFault("can only concatenate str (not \"" + right.type() + "\") to str");
        }
        if (left instanceof ListValue a && right instanceof ListValue b && a.isTuple() == b.isTuple()) {
            Containers.limited(a.weight() + b.weight());
            return a.plus(b);
        }
        return null;
    }

    private static @Nullable Value repeat(Value left, Value right) {
        if (right instanceof NumberValue number && number.integral()) {
            return repeat(left, number.integer());
        }
        return left instanceof NumberValue number && number.integral() ? repeat(right, number.integer()) : null;
    }

    private static @Nullable Value repeat(Value value, BigInteger times) {
        int count = times.max(BigInteger.ZERO)
                .min(BigInteger.valueOf(TemplateLimits.TEXT_SIZE + 1L))
                .intValue();
        if (value instanceof Text text) {
            return Padding.repeat(text, count);
        }
        if (value instanceof ListValue list) {
            Containers.limited(list.weight() * count);
            return list.times(list.size() == 0 ? 0 : count);
        }
        return null;
    }
}
