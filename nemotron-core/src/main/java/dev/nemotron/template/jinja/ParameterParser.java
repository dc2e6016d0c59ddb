package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Invocation.Parameters;
import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the arguments of calls, filters and tests. */
record ParameterParser(TokenStream tokens, ExpressionParser expressions) {

    /** Everything from the opening bracket to the closing one. */
    Parameters read() {
        Token open = tokens.peek();
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Expression> named = new ArrayList<>();
        Expression sequence = null;
        Expression mapping = null;
        while (!tokens.peek().isOperator(")")) {
            boolean keyword =
                    tokens.peek().kind() == Kind.NAME && tokens.peekSecond().isOperator("=");
            boolean misplaced = false;
            if (tokens.skipOperator("*")) {
                misplaced = sequence != null || mapping != null;
                sequence = expressions.expression(true);
            } else if (tokens.skipOperator("**")) {
                misplaced = mapping != null;
                mapping = expressions.expression(true);
            } else if (keyword) {
                misplaced = mapping != null;
                names.add(tokens.take().text());
                tokens.take();
                named.add(expressions.expression(true));
            } else {
                misplaced = sequence != null || mapping != null || !names.isEmpty();
                positional.add(expressions.expression(true));
            }
            if (misplaced) {
                throw new TemplateFault("invalid syntax for function call expression", open.position());
            }
            if (!tokens.peek().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        tokens.expectOperator(")");
        return new Parameters(positional, names, named, sequence, mapping);
    }
}
