package dev.nemotron.grammar;

/** A named expression that others call, itself among them. Equal only to itself. */
final class Rule {

    private final String name;
    private Expression body = Expression.NOTHING;

    Rule(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Expression body() {
        return body;
    }

    void define(Expression expression) {
        body = expression;
    }
}
