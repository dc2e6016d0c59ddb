package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Invocation.Parameters;
import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what operators connect: literals, names and brackets with what follows them, which binds tighter than operators. */
final class OperandParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final ParameterParser parameters;

    /** Names that the part being read refers to; a macro looks there for its special arguments. */
    private final Set<String> namesRead = new HashSet<>();

    /** How many conditions surround the place: an unknown filter or test inside one is an error only if it is reached. */
    private int conditions;

    /** The first filter or test that there is not and that no condition surrounds, or null. */
    private @Nullable TemplateFault unknown;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.parameters = new ParameterParser(tokens, expressions);
    }

    private Expression expression() {
        return expressions.expression(true);
    }

    Set<String> namesRead() {
        return namesRead;
    }

    void enterCondition() {
        conditions++;
    }

    @Nullable
    TemplateFault unknown() {
        return unknown;
    }

    /** Goes back to what was unknown before a part turned out to be conditional. */
    void forgive(@Nullable TemplateFault before) {
        unknown = before;
    }

    private void note(TemplateFault fault, int position) {
        if (conditions == 0 && unknown == null) {
            unknown = new TemplateFault(fault.reason(), position);
        }
    }

    void leaveCondition() {
        conditions--;
    }

    /** An operand with its signs; {@code filters} says whether filters and tests may follow. */
    Expression operand(boolean filters) {
        Token token = tokens.peek();
        Expression expression;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.take();
            tokens.enter(1);
            expression = new Operation.Sign(operand(false), token.isOperator("-"), token.position());
            tokens.leave(1);
        } else {
            expression = primary();
        }
        return suffixes(expression, filters);
    }

    private Expression primary() {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NAME -> name(token);
            case STRING -> string(token);
            case INTEGER, FLOAT -> NumberLiteral.parse(token);
            case OPERATOR -> bracketed(token);
            default -> throw new TemplateFault("unexpected " + token.describe(), token.position());
        };
    }

    private Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(BoolValue.TRUE);
            case "false", "False" -> new Expression.Literal(BoolValue.FALSE);
            case "none", "None" -> new Expression.Literal(NoneValue.NONE);
            default -> {
                namesRead.add(token.text());
                yield new Expression.Name(token.text());
            }
        };
    }

    private Expression string(Token token) {
        StringBuilder text = new StringBuilder(token.text());
        while (tokens.peek().kind() == Kind.STRING) {
            text.append(tokens.take().text());
        }
        return new Expression.Literal(Text.trusted(text.toString()));
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> {
                Expression inner = expressions.tuple(true, true);
                tokens.expectOperator(")");
                yield inner;
            }
            case "[" -> list();
            case "{" -> dict();
            default -> throw new TemplateFault("unexpected " + token.describe(), token.position());
        };
    }

    private Expression list() {
        List<Expression> items = new ArrayList<>();
        while (!tokens.peek().isOperator("]")) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (!tokens.peek().isOperator("]")) {
                items.add(expression());
            }
        }
        tokens.expectOperator("]");
        return new Expression.Items(items, false);
    }

    private Expression dict() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.peek().isOperator("}")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (!tokens.peek().isOperator("}")) {
                keys.add(expression());
                tokens.expectOperator(":");
                values.add(expression());
            }
        }
        tokens.expectOperator("}");
        return new Expression.Dict(keys, values);
    }

    /** What may follow an operand: attributes, items, calls and, where {@code filters} says so, filters and tests. */
    private Expression suffixes(Expression start, boolean filters) {
        Expression expression = start;
        int levels = 0;
        boolean filtered = false;
        while (true) {
            Token token = tokens.peek();
            boolean access = token.isOperator(".") || token.isOperator("[");
            boolean filter = token.isOperator("|") || token.isName("is");
            if (token.isOperator("(")) {
                expression = call(expression);
            } else if (access && !filtered) {
                expression = access(expression);
            } else if (filter && filters) {
                filtered = true;
                expression = token.isName("is") ? test(expression) : filter(expression);
            } else {
                tokens.leave(levels);
                return expression;
            }
            tokens.enter(1);
            levels++;
        }
    }

    private Expression access(Expression owner) {
        Token token = tokens.take();
        if (token.isOperator("[")) {
            return subscript(owner, token.position());
        }
        Token name = tokens.take();
        if (name.kind() == Kind.INTEGER) {
            return new Expression.Subscript(owner, NumberLiteral.parse(name), token.position());
        }
        if (name.kind() != Kind.NAME) {
            throw new TemplateFault("expected name or number, got " + name.describe(), name.position());
        }
        return new Expression.Attribute(owner, name.text(), name.position());
    }

    private Expression subscript(Expression owner, int position) {
        List<Expression> keys = new ArrayList<>();
        while (!tokens.peek().isOperator("]")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            Expression from = tokens.peek().isOperator(":") ? null : expression();
            if (tokens.peek().isOperator(":")) {
                Expression section = section(owner, from, position);
                tokens.expectOperator("]");
                return section;
            }
            keys.add(Objects.requireNonNull(from));
        }
        tokens.expectOperator("]");
        Expression key = keys.size() == 1 ? keys.getFirst() : new Expression.Items(keys, true);
        return new Expression.Subscript(owner, key, position);
    }

    private Expression section(Expression owner, @Nullable Expression from, int position) {
        tokens.expectOperator(":");
        Expression to = bound();
        Expression step = tokens.skipOperator(":") ? bound() : null;
        return new Expression.Section(owner, from, to, step, position);
    }

    private @Nullable Expression bound() {
        boolean given = !tokens.peek().isOperator(":") && !tokens.peek().isOperator("]");
        return given ? expression() : null;
    }

    Invocation.Call call(Expression callee) {
        String name = switch (callee) {
            case Expression.Name variable -> variable.name();
            case Expression.Attribute attribute -> attribute.name();
            default -> "call";
        };
        int position = tokens.peek().position();
        return new Invocation.Call(callee, name, parameters.read(), position);
    }

    private Expression filter(Expression input) {
        tokens.expectOperator("|");
        return filterBehind(input);
    }

    /** A filter whose bar, if it has one, is read. */
    Invocation.Filtered filterBehind(Expression input) {
        int position = tokens.peek().position();
        String name = dottedName();
        Parameters given = tokens.peek().isOperator("(") ? parameters.read() : Parameters.NONE;
        Filter filter = Filters.find(name);
        if (filter == null) {
            note(Filters.unknown(name), position);
        }
        return new Invocation.Filtered(input, name, filter, given, position);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private Expression test(Expression input) {
        tokens.expectName("is");
        boolean negated = tokens.skipName("not");
        int position = tokens.peek().position();
        String name = dottedName();
        Parameters given = Parameters.NONE;
        if (tokens.peek().isOperator("(")) {
            given = parameters.read();
        } else if (startsArgument(tokens.peek())) {
            given = Parameters.single(argument());
        }
        Test test = Tests.find(name);
        if (test == null) {
            note(Tests.unknown(name), position);
        }
        Expression tested = new Invocation.Tested(input, name, test, given, position);
        return negated ? new Operation.Not(tested) : tested;
    }

    private Expression argument() {
        if (tokens.peek().isName("is")) {
            throw new TemplateFault(
                    "You cannot chain multiple tests with is", tokens.peek().position());
        }
        tokens.enter(1);
        Expression argument = suffixes(primary(), false);
        tokens.leave(1);
        return argument;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !token.isAnyName(List.of("else", "or", "and"));
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.isOperator("[") || token.isOperator("{");
            default -> false;
        };
    }
}
