package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions, with Jinja's precedence: conditional, or, and, not, comparison, + -, ~, * / // %, **, operand. */
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
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    /** Where names, calls and filters are read. */
    OperandParser operands() {
        return operands;
    }

    /** An expression, or several with commas, which make a tuple. */
    Expression tuple(boolean conditional) {
        return tuple(conditional, false);
    }

    /** The same; {@code parenthesised} says whether there may be none at all. */
    Expression tuple(boolean conditional, boolean parenthesised) {
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!endsTuple()) {
            items.add(expression(conditional));
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

    /** Whether a list without brackets is at its end. */
    boolean endsTuple() {
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
        TemplateFault unknownBefore = operands.unknown();
        Expression value = disjunction();
        int levels = 0;
        while (tokens.skipName("if")) {
            operands.forgive(unknownBefore);
            operands.enterCondition();
            tokens.enter(1);
            levels++;
            Expression condition = disjunction();
            Expression otherwise = tokens.skipName("else") ? expression(true) : null;
            value = new Expression.Choice(value, condition, otherwise);
            operands.leaveCondition();
        }
        tokens.leave(levels);
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
        return chain(POWERS, () -> operands.operand(true));
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
}
