package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Statement.Block;
import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a template's statements. */
final class StatementParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final OperandParser operands;
    private final TargetParser targets;

    /** Whether {@code break} and {@code continue} have a loop to work on. */
    private boolean inLoop;

    private StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.operands = expressions.operands();
        this.targets = new TargetParser(tokens, expressions);
    }

    static Block parse(String normalisedSource) {
        StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(normalisedSource)));
        Block block = parser.block(List.of());
        TemplateFault unknown = parser.operands.unknown();
        if (unknown != null) {
            throw unknown;
        }
        return block;
    }

    /** Statements up to a tag that starts with one of {@code ends}, whose name is the next token then. */
    private Block block(List<String> ends) {
        tokens.enter(1);
        List<Statement> statements = new ArrayList<>();
        while (tokens.peek().kind() != Kind.END) {
            Token token = tokens.take();
            switch (token.kind()) {
                case DATA -> statements.add(new Statement.Data(token.text()));
                case VARIABLE_BEGIN -> {
                    statements.add(new Statement.Print(expressions.tuple(true), token.position()));
                    tokens.expect(Kind.VARIABLE_END);
                }
                case BLOCK_BEGIN -> {
                    if (tokens.peek().isAnyName(ends)) {
                        tokens.leave(1);
                        return new Block(statements);
                    }
                    statements.add(statement());
                    tokens.expect(Kind.BLOCK_END);
                }
                default -> throw new TemplateFault("unexpected " + token.describe(), token.position());
            }
        }
        if (!ends.isEmpty()) {
            throw new TemplateFault(
                    "unexpected end of template, expected '" + String.join("' or '", ends) + "'",
                    tokens.peek().position());
        }
        tokens.leave(1);
        return new Block(statements);
    }

    /** The body of a statement whose tag is about to close. */
    private Block body(String... ends) {
        tokens.skipOperator(":");
        tokens.expect(Kind.BLOCK_END);
        return block(List.of(ends));
    }

    /** A body whose closing tag is known, which is read as well. */
    private Block bodyUntil(String end) {
        Block body = body(end);
        tokens.take();
        return body;
    }

    private Statement statement() {
        Token tag = tokens.expect(Kind.NAME);
        return switch (tag.text()) {
            case "if" -> branches(tag);
            case "for" -> loop(tag);
            case "set" -> set(tag);
            case "macro" -> macro();
            case "call" -> call(tag);
            case "filter" -> filter(tag);
            case "with" -> with(tag);
            case "block" -> namedBlock(tag);
            case "generation" -> generation(tag);
            case "print" -> print(tag);
            case "break" -> jump(tag, Statement.Flow.BREAK);
            case "continue" -> jump(tag, Statement.Flow.CONTINUE);
            case "extends", "include", "import", "from", "autoescape" ->
                throw new TemplateFault(
                        "the tag '" + tag.text() + "' is not supported in chat templates", tag.position());
            default -> throw new TemplateFault("Encountered unknown tag '" + tag.text() + "'.", tag.position());
        };
    }

    private Statement print(Token tag) {
        List<Statement> prints = new ArrayList<>();
        do {
            prints.add(new Statement.Print(expressions.expression(true), tag.position()));
        } while (tokens.skipOperator(","));
        return new Block(prints);
    }

    private Statement jump(Token tag, Statement.Flow flow) {
        if (!inLoop) {
            throw new TemplateFault("'" + tag.text() + "' outside loop", tag.position());
        }
        return new Statement.Jump(flow);
    }

    private Statement branches(Token tag) {
        List<Statement.Branches.Branch> branches = new ArrayList<>();
        int position = tag.position();
        operands.enterCondition();
        while (true) {
            Expression condition = expressions.tuple(false);
            branches.add(new Statement.Branches.Branch(condition, body("elif", "else", "endif"), position));
            Token next = tokens.take();
            position = next.position();
            if (next.isName("else")) {
                branches.add(new Statement.Branches.Branch(null, bodyUntil("endif"), position));
            }
            if (!next.isName("elif")) {
                operands.leaveCondition();
                return new Statement.Branches(branches);
            }
        }
    }

    private Statement loop(Token tag) {
        Target target = targets.target(false);
        if (target.assigns("loop")) {
            throw new TemplateFault("Can't assign to special loop variable in for-loop target", tag.position());
        }
        tokens.expectName("in");
        Expression items = expressions.tuple(false);
        Expression condition = tokens.skipName("if") ? expressions.expression(true) : null;
        boolean recursive = tokens.skipName("recursive");
        boolean outer = inLoop;
        inLoop = true;
        int measured = tokens.startMeasurement();
        Block body = body("endfor", "else");
        int nesting = tokens.endMeasurement(measured) + 1;
        inLoop = outer;
        Block otherwise = tokens.take().isName("else") ? bodyUntil("endfor") : new Block(List.of());
        return new ForLoop(target, items, condition, recursive, body, otherwise, nesting, tag.position());
    }

    private Statement set(Token tag) {
        Target target = targets.target(true);
        if (tokens.skipOperator("=")) {
            return new Statement.Assignment(target, expressions.tuple(true), tag.position());
        }
        List<Invocation.Filtered> filters = new ArrayList<>();
        while (tokens.skipOperator("|")) {
            filters.add(operands.filterBehind(new Expression.Literal(NoneValue.NONE)));
        }
        return new Statement.Capture(target, filters, bodyUntil("endset"), tag.position());
    }

    private Statement filter(Token tag) {
        List<Invocation.Filtered> filters = new ArrayList<>();
        do {
            filters.add(operands.filterBehind(new Expression.Literal(NoneValue.NONE)));
        } while (tokens.skipOperator("|"));
        return new Statement.FilterBlock(filters, bodyUntil("endfilter"), tag.position());
    }

    private Statement macro() {
        String name = tokens.expect(Kind.NAME).text();
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        parameters(parameters, defaults);
        return new Statement.MacroDefinition(signature(name, parameters, defaults, "endmacro"));
    }

    private Statement call(Token tag) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        if (tokens.peek().isOperator("(")) {
            parameters(parameters, defaults);
        }
        if (!(expressions.expression(true) instanceof Invocation.Call call)) {
            throw new TemplateFault("expected call", tag.position());
        }
        return new Statement.CallBlock(signature("caller", parameters, defaults, "endcall"), call, tag.position());
    }

    private void parameters(List<String> names, List<Expression> defaults) {
        tokens.expectOperator("(");
        while (!tokens.peek().isOperator(")")) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            names.add(tokens.expect(Kind.NAME).text());
            if (tokens.skipOperator("=")) {
                defaults.add(expressions.expression(true));
            } else if (!defaults.isEmpty()) {
                throw new TemplateFault(
                        "non-default argument follows default argument",
                        tokens.peek().position());
            }
        }
        tokens.expectOperator(")");
    }

    /** Reads the body of a macro and finds out which names it reads. */
    private Macro.Signature signature(String name, List<String> parameters, List<Expression> defaults, String end) {
        Set<String> outerNames = new HashSet<>(operands.namesRead());
        operands.namesRead().clear();
        boolean outer = inLoop;
        inLoop = false;
        int measured = tokens.startMeasurement();
        Block body = bodyUntil(end);
        int nesting = tokens.endMeasurement(measured);
        inLoop = outer;
        Set<String> names = Set.copyOf(operands.namesRead());
        operands.namesRead().addAll(outerNames);
        return new Macro.Signature(name, List.copyOf(parameters), List.copyOf(defaults), body, names, nesting);
    }

    private Statement with(Token tag) {
        List<Target> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.peek().kind() != Kind.BLOCK_END) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            names.add(new Target.Variable(tokens.expect(Kind.NAME).text()));
            tokens.expectOperator("=");
            values.add(expressions.expression(true));
        }
        return new Statement.Scoped(names, values, bodyUntil("endwith"), false, tag.position());
    }

    private Statement namedBlock(Token tag) {
        Token name = tokens.expect(Kind.NAME);
        boolean scoped = tokens.skipName("scoped");
        Block body = bodyUntil("endblock");
        if (tokens.peek().isName(name.text())) {
            tokens.take();
        }
        return new Statement.Scoped(List.of(), List.of(), body, !scoped, tag.position());
    }

    private Statement generation(Token tag) {
        boolean outer = inLoop;
        inLoop = false;
        Block body = bodyUntil("endgeneration");
        inLoop = outer;
        return new Statement.Scoped(List.of(), List.of(), body, false, tag.position());
    }
}
