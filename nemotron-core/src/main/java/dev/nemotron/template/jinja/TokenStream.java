package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Token.Kind;
import java.util.List;

/** The tokens of a source, read one after the other, with a count of how deep the reader's constructs nest. */
final class TokenStream {

    private final List<Token> tokens;
    private int next;
    private int nesting;
    private int deepest;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    boolean skipName(String name) {
        boolean found = peek().isName(name);
        next += found ? 1 : 0;
        return found;
    }

    boolean skipOperator(String operator) {
        boolean found = peek().isOperator(operator);
        next += found ? 1 : 0;
        return found;
    }

    Token expect(Kind kind) {
        Token token = peek();
        if (token.kind() != kind) {
            throw expected(kind.description);
        }
        return take();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw expected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw expected("'" + name + "'");
        }
    }

    TemplateFault expected(String what) {
        return new TemplateFault("expected " + what + ", got " + peek().describe(), peek().position());
    }

    /** Goes levels deeper into nested constructs; the limit guards the stack. */
    void enter(int levels) {
        nesting += levels;
        deepest = Math.max(deepest, nesting);
        if (nesting > TemplateLimits.NESTING) {
            throw new TemplateFault(
                    "nested more than " + TemplateLimits.NESTING + " deep, the limit", peek().position());
        }
    }

    void leave(int levels) {
        nesting -= levels;
    }

    int nesting() {
        return nesting;
    }

    /** Starts a new measurement of the deepest nesting and gives the old one, for {@link #endMeasurement}. */
    int startMeasurement() {
        int before = deepest;
        deepest = nesting;
        return before;
    }

    /** How much deeper than its start the measured part went. */
    int endMeasurement(int before) {
        int depth = deepest - nesting;
        deepest = Math.max(before, deepest);
        return depth;
    }
}
