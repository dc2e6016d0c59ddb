package dev.nemotron.grammar;

import java.util.List;

/** What every front end writes a language as, before it becomes a {@link Network}. */
sealed interface Expression {

    int UNBOUNDED = Integer.MAX_VALUE;

    /** The empty text. */
    Expression EMPTY = new Sequence(List.of());

    /** No text at all. */
    Expression NOTHING = new Choice(List.of());

    /** A fixed text. */
    record Text(String text) implements Expression {}

    /** One character of a set. */
    record Chars(CodePoints set) implements Expression {}

    /** One after the other. */
    record Sequence(List<Expression> parts) implements Expression {}

    /** One of several. */
    record Choice(List<Expression> options) implements Expression {}

    /** The same several times, {@code max} may be {@link #UNBOUNDED}. */
    record Repeat(Expression body, int min, int max) implements Expression {}

    /** What a rule says. */
    record Call(Rule rule) implements Expression {}

    /** A marker of the chat format: the added token of exactly this text if there is one, else the text. */
    record Marker(String text) implements Expression {}

    /** The words of an automaton over code points; quoted ones are written as inside of a JSON string. */
    record Words(Dfa dfa, boolean quoted) implements Expression {}

    /** One of many fixed texts. */
    record Literals(List<String> texts) implements Expression {}

    /** A character of ASCII at which something happens to the scope of keys, see {@link KeyScope}. */
    record KeyMark(char character, int action) implements Expression {}

    /** A graph from node 0 to its last node. */
    record Graph(int nodes, List<Arc> arcs) implements Expression {}

    /** An arc of a graph. */
    record Arc(int from, Expression label, int to) {}

    static Expression sequence(Expression... parts) {
        return new Sequence(List.of(parts));
    }

    static Expression choice(Expression... options) {
        return new Choice(List.of(options));
    }

    static Expression optional(Expression body) {
        return new Repeat(body, 0, 1);
    }

    static Expression star(Expression body) {
        return new Repeat(body, 0, UNBOUNDED);
    }
}
