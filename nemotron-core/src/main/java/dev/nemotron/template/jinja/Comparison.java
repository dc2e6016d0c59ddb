package dev.nemotron.template.jinja;

import java.util.Comparator;

/** The comparison operators. */
enum Comparison {
    /** Equal. */
    EQUAL("=="),
    /** Not equal. */
    NOT_EQUAL("!="),
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    LESS_EQUAL("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    GREATER_EQUAL(">="),
    /** Contained in. */
    IN("in"),
    /** Not contained in. */
    NOT_IN("not in");

    /** Python's order, for sorting; throws for values that have none. */
    static final Comparator<Value> ORDER = (left, right) -> order(left, right, "<");

    final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    boolean test(Value left, Value right) {
        return switch (this) {
            case EQUAL -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS -> order(left, right, symbol) == -1;
            case GREATER -> order(left, right, symbol) == 1;
            case LESS_EQUAL -> isAny(order(left, right, symbol), -1);
            case GREATER_EQUAL -> isAny(order(left, right, symbol), 1);
            case IN -> right.contains(left);
            case NOT_IN -> !right.contains(left);
        };
    }

    private static boolean isAny(int order, int wanted) {
        return order == 0 || order == wanted;
    }

    private static int order(Value left, Value right, String symbol) {
        if (left instanceof NumberValue a && right instanceof NumberValue b) {
            return Numbers.compare(a, b);
        }
        if (left instanceof Text a && right instanceof Text b) {
            return byCodePoint(a.chars(), b.chars());
        }
        if (left instanceof ListValue a && right instanceof ListValue b && a.isTuple() == b.isTuple()) {
            return lexicographic(a, b, symbol);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.fault();
        }
        throw new TemplateFault(
                "'" + symbol + "' not supported between instances of '" + left.type() + "' and '" + right.type() + "'");
    }

    private static int lexicographic(ListValue left, ListValue right, String symbol) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!left.get(i).equals(right.get(i))) {
                return order(left.get(i), right.get(i), symbol);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** By code point, which differs from Java's order of UTF-16 units beyond the basic plane. */
    private static int byCodePoint(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean oneSurrogate = Character.isSurrogate(a) != Character.isSurrogate(b);
                int order = Integer.signum(a - b);
                return oneSurrogate ? (Character.isSurrogate(a) ? 1 : -1) : order;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
