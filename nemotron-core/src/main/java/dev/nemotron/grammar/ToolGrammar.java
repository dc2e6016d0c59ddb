package dev.nemotron.grammar;

import dev.nemotron.Tool;
import dev.nemotron.output.ToolFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Grammars of tool calls in the format that a model has been trained for. */
public final class ToolGrammar {

    /** Where the grammar sets in. */
    public enum Start {
        /** A call begins at once; no text comes before it. */
        CALL,
        /** The opener has been generated already, what follows is the rest of the call. */
        AFTER_OPENER
    }

    private final ToolFormat format;
    private final JsonText json = new JsonText();

    private ToolGrammar(ToolFormat format) {
        this.format = format;
    }

    /**
     * Compiles a grammar of calls. Arguments come in the order of the schema; those that are not required may be left out, and
     * none come that the schema does not name, unless it allows them explicitly and the format is JSON. The schema of a tool
     * that is not strict may have what cannot be enforced; its arguments are free then.
     *
     * @param vocabulary the vocabulary of the model
     * @param format how calls are written; not all formats can be bound
     * @param tools the tools that may be called, a single one where the choice is named
     * @param start where the grammar sets in
     * @param parallel whether several calls may follow one another; else it is exactly one
     * @return the grammar
     * @throws UnsupportedSchemaException if a strict tool's schema has something that cannot be enforced
     * @throws IllegalArgumentException if there is no tool or no grammar of the format, a tool has a name that calls cannot
     *     carry, or the grammar gets too large
     */
    public static Grammar compile(
            TokenTrie vocabulary, ToolFormat format, List<Tool> tools, Start start, boolean parallel) {
        if (tools.isEmpty() || format.opener() == null) {
            throw new IllegalArgumentException(
                    "a grammar of tool calls needs at least one tool, and a format with a mark"
                            + " before calls; found " + tools.size() + " tools and " + format);
        }
        return Grammar.of(new ToolGrammar(format).expression(tools, start, parallel), vocabulary);
    }

    private Expression expression(List<Tool> tools, Start start, boolean parallel) {
        Rule call = new Rule("call");
        call.define(call(tools));
        Expression rest = format == ToolFormat.TOOLCALL_LIST ? list(call, parallel) : calls(call, parallel);
        Expression opener = opener();
        Expression opened = format == ToolFormat.LLAMA_JSON ? Expression.optional(opener) : opener;
        return switch (start) {
            case AFTER_OPENER -> rest;
            case CALL -> Expression.sequence(opened, rest);
        };
    }

    private Expression opener() {
        return new Expression.Marker(Objects.requireNonNull(format.opener()));
    }

    private Expression closer() {
        return new Expression.Marker(Objects.requireNonNull(format.closer()));
    }

    /** The list of a single block. */
    private Expression list(Rule call, boolean parallel) {
        Expression one = new Expression.Call(call);
        Expression more = Expression.star(Expression.sequence(JsonText.COMMA, one));
        return Expression.sequence(
                new Expression.Text("["), one, parallel ? more : Expression.EMPTY, new Expression.Text("]"), closer());
    }

    /** A block for each call, after the opener of the first. */
    private Expression calls(Rule call, boolean parallel) {
        Expression one = new Expression.Call(call);
        if (!parallel) {
            return one;
        }
        if (format == ToolFormat.LLAMA_JSON) {
            return Expression.sequence(
                    one, Expression.star(Expression.sequence(new Expression.Text(";"), JsonText.SPACE, one)));
        }
        Expression line = new Expression.Text("\n");
        Expression more = Expression.sequence(line, opener(), one);
        return Expression.sequence(one, Expression.star(more), Expression.optional(line));
    }

    /** One call, without its opener and with its closer. */
    private Expression call(List<Tool> tools) {
        List<Expression> options = new ArrayList<>();
        for (Tool tool : tools) {
            if (!format.canCarry(tool.name())) {
                throw new IllegalArgumentException("the name of the tool \"" + tool.name()
                        + "\" cannot be written in the format of this model's calls; use letters, digits and '_'");
            }
            ToolArguments arguments = new ToolArguments(tool);
            options.add(
                    format == ToolFormat.XML_FUNCTION
                            ? Expression.sequence(new Expression.Text(tool.name() + ">\n"), arguments.lines())
                            : Expression.sequence(
                                    new Expression.Text(JsonLiteral.write(tool.name())),
                                    JsonText.COMMA,
                                    JsonText.key(format == ToolFormat.LLAMA_JSON ? "parameters" : "arguments"),
                                    JsonText.COLON,
                                    arguments.object(json)));
        }
        Expression any = new Expression.Choice(options);
        if (format == ToolFormat.XML_FUNCTION) {
            return Expression.sequence(
                    new Expression.Text("\n<function="), any, new Expression.Text("</function>\n"), closer());
        }
        Expression object = Expression.sequence(
                JsonText.OBJECT_BEGIN, JsonText.key("name"), JsonText.COLON, any, JsonText.OBJECT_END);
        return format == ToolFormat.HERMES
                ? Expression.sequence(new Expression.Text("\n"), object, new Expression.Text("\n"), closer())
                : object;
    }
}
