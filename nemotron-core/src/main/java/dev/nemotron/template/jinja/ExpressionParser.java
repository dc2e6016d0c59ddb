package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Invocation.Parameters;
import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions, with Jinja's precedence: conditional, or, and, not, comparison, + -, ~, * / // %, **, sign, filters. */
final class ExpressionParser {

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "==", Comparison.EQUAL,
            "!=", Comparison.NOT_EQUAL,
            "<", Comparison.LESS,
            "<=", Comparison.LESS_EQUAL,
            ">", Comparison.GREATER,
            ">=", Comparison.GREATER_EQUAL);
    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS = Map.of(
            "*", Operator.MULTIPLY,
            "/", Operator.DIVIDE,
            "//", Operator.FLOOR_DIVIDE,
            "%", Operator.MODULO);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);

    private final TokenStream tokens;

    /** Names that the part being read refers to; a macro looks there for its special arguments. */
    private final Set<String> namesRead = new HashSet<>();

    /** How many conditions surround the place: an unknown filter or test inside one is an error only if it is reached. */
    private int conditions;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Set<String> namesRead() {
        return namesRead;
    }

    void enterCondition() {
        conditions++;
    }

    void leaveCondition() {
        conditions--;
    }

    /** An expression, or several with commas, which make a tuple. */
    Expression tuple(boolean conditional) {
        return tuple(() -> expression(conditional), false);
    }

    private Expression tuple(Supplier<Expression> item, boolean parenthesised) {
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!endsTuple()) {
            items.add(item.get());
            if (!tokens.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && items.size() == 1) {
            return items.getFirst();
        }
        if (items.isEmpty() && !parenthesised) {
            throw new TemplateFault(
                    "Expected an expression, got " + tokens.peek().describe(),
                    tokens.peek().position());
        }
        return new Expression.Items(items, true);
    }

    private boolean endsTuple() {
        Token token = tokens.peek();
        return token.kind() == Kind.VARIABLE_END
                || token.kind() == Kind.BLOCK_END
                || token.isOperator(")")
                || token.isName("recursive");
    }

    /** One expression; {@code conditional} says whether it may be an inline {@code if}. */
    Expression expression(boolean conditional) {
        tokens.enter(1);
        Expression expression = conditional ? choice() : disjunction();
        tokens.leave(1);
        return expression;
    }

    private Expression choice() {
        conditions++;
        Expression value = disjunction();
        int levels = 0;
        while (tokens.skipName("if")) {
            tokens.enter(1);
            levels++;
            Expression condition = disjunction();
            Expression otherwise = tokens.skipName("else") ? expression(true) : null;
            value = new Expression.Choice(value, condition, otherwise);
        }
        tokens.leave(levels);
        conditions--;
        return value;
    }

    private Expression disjunction() {
        return logic("or", this::conjunction, false);
    }

    private Expression conjunction() {
        return logic("and", this::negation, true);
    }

    private Expression logic(String keyword, Supplier<Expression> operand, boolean conjunction) {
        Expression first = operand.get();
        if (!tokens.peek().isName(keyword)) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (tokens.skipName(keyword)) {
            operands.add(operand.get());
        }
        return new Operation.Logic(operands, conjunction);
    }

    private Expression negation() {
        if (!tokens.peek().isName("not")) {
            return comparison();
        }
        tokens.take();
        tokens.enter(1);
        Expression operand = negation();
        tokens.leave(1);
        return new Operation.Not(operand);
    }

    private Expression comparison() {
        int position = tokens.peek().position();
        Expression first = sum();
        List<Comparison> operators = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Comparison operator = comparator(); operator != null; operator = comparator()) {
            operators.add(operator);
            rest.add(sum());
        }
        return operators.isEmpty() ? first : new Operation.Comparisons(first, operators, rest, position);
    }

    private @Nullable Comparison comparator() {
        Token token = tokens.peek();
        if (token.kind() == Kind.OPERATOR && COMPARISONS.containsKey(token.text())) {
            tokens.take();
            return COMPARISONS.get(token.text());
        }
        if (tokens.skipName("in")) {
            return Comparison.IN;
        }
        if (token.isName("not") && tokens.peekSecond().isName("in")) {
            tokens.take();
            tokens.take();
            return Comparison.NOT_IN;
        }
        return null;
    }

    private Expression sum() {
        return chain(SUMS, this::concatenation);
    }

    private Expression concatenation() {
        Expression first = product();
        if (!tokens.peek().isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Operation.Concatenation(parts);
    }

    private Expression product() {
        return chain(PRODUCTS, this::power);
    }

    // From left to right, unlike Python's.
    private Expression power() {
        return chain(POWERS, () -> sign(true));
    }

    private Expression chain(Map<String, Operator> symbols, Supplier<Expression> operand) {
        int position = tokens.peek().position();
        Expression first = operand.get();
        List<Operator> operators = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        while (tokens.peek().kind() == Kind.OPERATOR) {
            Operator operator = symbols.get(tokens.peek().text());
            if (operator == null) {
                break;
            }
            tokens.take();
            operators.add(operator);
            rest.add(operand.get());
        }
        return operators.isEmpty() ? first : new Operation.Arithmetic(first, operators, rest, position);
    }

    private Expression sign(boolean filters) {
        Token token = tokens.peek();
        Expression expression;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.take();
            tokens.enter(1);
            expression = new Operation.Sign(sign(false), token.isOperator("-"), token.position());
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
                Expression inner = tuple(() -> expression(true), true);
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
                items.add(expression(true));
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
                keys.add(expression(true));
                tokens.expectOperator(":");
                values.add(expression(true));
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
            Expression from = tokens.peek().isOperator(":") ? null : expression(true);
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
        return given ? expression(true) : null;
    }

    Invocation.Call call(Expression callee) {
        String name = switch (callee) {
            case Expression.Name variable -> variable.name();
            case Expression.Attribute attribute -> attribute.name();
            default -> "call";
        };
        int position = tokens.peek().position();
        return new Invocation.Call(callee, name, parameters(), position);
    }

    private Parameters parameters() {
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
                sequence = expression(true);
            } else if (tokens.skipOperator("**")) {
                misplaced = mapping != null;
                mapping = expression(true);
            } else if (keyword) {
                misplaced = mapping != null;
                names.add(tokens.take().text());
                tokens.take();
                named.add(expression(true));
            } else {
                misplaced = sequence != null || mapping != null || !names.isEmpty();
                positional.add(expression(true));
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

    private Expression filter(Expression input) {
        tokens.expectOperator("|");
        return filterBehind(input);
    }

    /** A filter whose bar, if it has one, is read. */
    Invocation.Filtered filterBehind(Expression input) {
        int position = tokens.peek().position();
        String name = dottedName();
        Parameters parameters = tokens.peek().isOperator("(") ? parameters() : Parameters.NONE;
        Filter filter = Filters.find(name);
        if (filter == null && conditions == 0) {
            throw new TemplateFault(Filters.unknown(name).reason(), position);
        }
        return new Invocation.Filtered(input, name, filter, parameters, position);
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
        Parameters parameters = Parameters.NONE;
        if (tokens.peek().isOperator("(")) {
            parameters = parameters();
        } else if (startsArgument(tokens.peek())) {
            parameters = Parameters.single(argument());
        }
        Test test = Tests.find(name);
        if (test == null && conditions == 0) {
            throw new TemplateFault(Tests.unknown(name).reason(), position);
        }
        Expression tested = new Invocation.Tested(input, name, test, parameters, position);
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

    /** What {@code set}, {@code for} and {@code with} assign to; a namespace's attribute only where {@code attributes}. */
    Target target(boolean attributes) {
        tokens.enter(1);
        List<Target> targets = new ArrayList<>();
        boolean tuple = false;
        while (!endsTuple()) {
            targets.add(singleTarget(attributes));
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
        }
        tokens.leave(1);
        if (targets.isEmpty()) {
            throw tokens.expected("a name to assign to");
        }
        return tuple ? new Target.Tuple(targets) : targets.getFirst();
    }

    private Target singleTarget(boolean attributes) {
        if (tokens.skipOperator("(")) {
            Target target = target(attributes);
            tokens.expectOperator(")");
            return target;
        }
        Token name = tokens.peek();
        if (name.kind() != Kind.NAME || name.isAnyName(List.of("true", "false", "none", "True", "False", "None"))) {
            throw new TemplateFault("can't assign to " + name.describe(), name.position());
        }
        tokens.take();
        if (attributes && tokens.skipOperator(".")) {
            String attribute = tokens.expect(Kind.NAME).text();
            return new Target.Attribute(name.text(), attribute, name.position());
        }
        return new Target.Variable(name.text());
    }
}
