package dev.nemotron.grammar;

import dev.nemotron.Tool;
import java.util.ArrayList;
import java.util.List;

/** Grammars of tool calls in the format that a model has been trained for. */
public final class ToolGrammar {

    /** How calls are written. */
    public enum Style {
        /**
         * Nemotron 3: {@code <tool_call>}, {@code <function=NAME>}, for each argument {@code <parameter=KEY>}, the value and
         * {@code </parameter>} on lines of their own, {@code </function>}, {@code </tool_call>}. Strings are written as they
         * are, everything else as JSON.
         */
        XML_FUNCTION("<tool_call>", "</tool_call>"),
        /** Nemotron Nano 2: {@code <TOOLCALL>[{"name": ..., "arguments": ...}, ...]</TOOLCALL>}. */
        TOOLCALL_LIST("<TOOLCALL>", "</TOOLCALL>"),
        /** Hermes and Qwen 2.5: an object with {@code name} and {@code arguments} between {@code <tool_call>} tags. */
        HERMES("<tool_call>", "</tool_call>"),
        /** Llama 3.1: a bare object with {@code name} and {@code parameters}; several are kept apart by semicolons. */
        LLAMA_JSON("<|python_tag|>", "");

        private final String opener;
        private final String closer;

        Style(String opener, String closer) {
            this.opener = opener;
            this.closer = closer;
        }

        /**
         * Returns what a call begins with.
         *
         * @return the text, a token of its own in some vocabularies; Llama 3.1 may leave it out
         */
        public String opener() {
            return opener;
        }
    }

    /** Where the grammar sets in. */
    public enum Start {
        /** A call begins at once; no text comes before it. */
        CALL,
        /** The opener has been generated already, what follows is the rest of the call. */
        AFTER_OPENER,
        /** Text without calls, or with calls at its end. */
        TEXT_OR_CALL
    }

    private final Style style;
    private final JsonText json = new JsonText();

    private ToolGrammar(Style style) {
        this.style = style;
    }

    /**
     * Compiles a grammar of calls. Arguments come in the order of the schema; those that are not required may be left out, and
     * none come that the schema does not name, unless it allows them explicitly and the style is JSON. The schema of a tool
     * that is not strict may have what cannot be enforced; its arguments are free then.
     *
     * @param vocabulary the vocabulary of the model
     * @param style the format
     * @param tools the tools that may be called, a single one where the choice is named
     * @param start where the grammar sets in
     * @param parallel whether several calls may follow one another; else it is exactly one
     * @return the grammar
     * @throws UnsupportedSchemaException if a strict tool's schema has something that cannot be enforced
     * @throws IllegalArgumentException if there is no tool, or the grammar gets too large
     */
    public static Grammar compile(TokenTrie vocabulary, Style style, List<Tool> tools, Start start, boolean parallel) {
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("a grammar of tool calls needs at least one tool");
        }
        return Grammar.of(new ToolGrammar(style).expression(tools, start, parallel), vocabulary);
    }

    private Expression expression(List<Tool> tools, Start start, boolean parallel) {
        Rule call = new Rule("call");
        call.define(call(tools));
        Expression rest = style == Style.TOOLCALL_LIST ? list(call, parallel) : calls(call, parallel);
        Expression opener = new Expression.Marker(style.opener);
        Expression opened = style == Style.LLAMA_JSON ? Expression.optional(opener) : opener;
        return switch (start) {
            case AFTER_OPENER -> rest;
            case CALL -> Expression.sequence(opened, rest);
            case TEXT_OR_CALL ->
                style == Style.LLAMA_JSON
                        ? Expression.choice(Expression.sequence(opened, rest), textWithoutBrace())
                        : Expression.sequence(
                                new Expression.Words(StringSchema.without(style.opener, ""), false),
                                Expression.optional(Expression.sequence(opened, rest)));
        };
    }

    private static Expression textWithoutBrace() {
        CodePoints brace = CodePoints.of('{', '{');
        return Expression.optional(Expression.sequence(
                new Expression.Chars(brace.not()), Expression.star(new Expression.Chars(CodePoints.ANY))));
    }

    /** The list of a single block. */
    private Expression list(Rule call, boolean parallel) {
        Expression one = new Expression.Call(call);
        Expression more = Expression.star(Expression.sequence(JsonText.COMMA, one));
        return Expression.sequence(
                new Expression.Text("["),
                one,
                parallel ? more : Expression.EMPTY,
                new Expression.Text("]"),
                new Expression.Marker(style.closer));
    }

    /** A block for each call, after the opener of the first. */
    private Expression calls(Rule call, boolean parallel) {
        Expression one = new Expression.Call(call);
        if (!parallel) {
            return one;
        }
        if (style == Style.LLAMA_JSON) {
            return Expression.sequence(
                    one, Expression.star(Expression.sequence(new Expression.Text(";"), JsonText.SPACE, one)));
        }
        Expression line = new Expression.Text("\n");
        Expression more = Expression.sequence(line, new Expression.Marker(style.opener), one);
        return Expression.sequence(one, Expression.star(more), Expression.optional(line));
    }

    /** One call, without its opener and with its closer. */
    private Expression call(List<Tool> tools) {
        List<Expression> options = new ArrayList<>();
        for (Tool tool : tools) {
            ToolArguments arguments = new ToolArguments(tool);
            options.add(
                    style == Style.XML_FUNCTION
                            ? Expression.sequence(new Expression.Text(tool.name() + ">\n"), arguments.lines())
                            : Expression.sequence(
                                    new Expression.Text(JsonLiteral.write(tool.name())),
                                    JsonText.COMMA,
                                    JsonText.key(style == Style.LLAMA_JSON ? "parameters" : "arguments"),
                                    JsonText.COLON,
                                    arguments.object(json)));
        }
        Expression any = new Expression.Choice(options);
        if (style == Style.XML_FUNCTION) {
            return Expression.sequence(
                    new Expression.Text("\n<function="),
                    any,
                    new Expression.Text("</function>\n"),
                    new Expression.Marker(style.closer));
        }
        Expression object = Expression.sequence(
                JsonText.OBJECT_BEGIN, JsonText.key("name"), JsonText.COLON, any, JsonText.OBJECT_END);
        return style == Style.HERMES
                ? Expression.sequence(
                        new Expression.Text("\n"),
                        object,
                        new Expression.Text("\n"),
                        new Expression.Marker(style.closer))
                : object;
    }
}
