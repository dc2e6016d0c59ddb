package dev.nemotron.grammar;

import dev.nemotron.Tool;
import dev.nemotron.grammar.SchemaDocument.Subschema;
import dev.nemotron.output.ToolFormat;
import java.util.ArrayList;
import java.util.List;

/** The arguments of one tool, as an object or line by line. */
final class ToolArguments {

    /** What ends an argument that is written line by line. */
    private static final String END = "\n</parameter>\n";

    /** What a string may be so that the first end after it is its own, also that of a reader who starts a line early. */
    private static final Dfa RAW_TEXT = StringSchema.without(END, "\n");

    private static final CodePoints OF_NAMES = CodePoints.of('A', 'Z', 'a', 'z', '0', '9', '_', '_', '-', '.');
    private static final int MOST_OF_NAME = 64;

    private final Tool tool;

    ToolArguments(Tool tool) {
        this.tool = tool;
    }

    /** Returns the arguments as a JSON object. */
    Expression object(JsonText json) {
        try {
            SchemaCompiler compiler = new SchemaCompiler(tool.parameters(), RAW_TEXT);
            Subschema root = compiler.root();
            Facts facts = compiler.facts(root);
            Expression expression = facts == null || facts.saysAny("additionalProperties", "patternProperties")
                    ? compiler.value(List.of(root), false)
                    : compiler.object(facts, true);
            compiler.finish();
            return expression;
        } catch (UnsupportedSchemaException e) {
            return fallback(e, json.anyObject());
        }
    }

    /** Returns the arguments line by line. */
    Expression lines() {
        try {
            SchemaCompiler compiler = new SchemaCompiler(tool.parameters(), RAW_TEXT);
            Facts facts = compiler.facts(compiler.root());
            if (facts == null) {
                throw new UnsupportedSchemaException(
                        "", "anyOf", "alternatives of all arguments are not supported in this format");
            }
            Expression lines = lines(compiler, facts);
            compiler.finish();
            return lines;
        } catch (UnsupportedSchemaException e) {
            Expression name = new Expression.Repeat(new Expression.Chars(OF_NAMES), 1, MOST_OF_NAME);
            return fallback(e, Expression.star(line(name, new Expression.Words(RAW_TEXT, false))));
        }
    }

    private static Expression lines(SchemaCompiler compiler, Facts facts) {
        List<Expression> lines = new ArrayList<>();
        for (ObjectSchema.Named argument : new ObjectSchema(facts, true).named()) {
            if (!ToolFormat.XML_FUNCTION.canCarry(argument.name())) {
                throw new UnsupportedSchemaException(
                        "", "properties", "the name \"" + argument.name() + "\" cannot be written in this format");
            }
            Expression line = line(new Expression.Text(argument.name()), compiler.value(argument.value(), true));
            lines.add(argument.required() ? line : Expression.optional(line));
        }
        return new Expression.Sequence(lines);
    }

    private static Expression line(Expression name, Expression value) {
        return Expression.sequence(
                new Expression.Text("<parameter="), name, new Expression.Text(">\n"), value, new Expression.Text(END));
    }

    private Expression fallback(UnsupportedSchemaException reason, Expression free) {
        if (tool.strict()) {
            throw new UnsupportedSchemaException(
                    reason.pointer(),
                    reason.keyword(),
                    "of the strict tool \"" + tool.name() + "\": " + message(reason));
        }
        return free;
    }

    private static String message(UnsupportedSchemaException reason) {
        return String.valueOf(reason.getMessage());
    }
}
