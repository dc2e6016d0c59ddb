package dev.nemotron.engine;

import dev.nemotron.InvalidRequestException;
import dev.nemotron.Tool;
import dev.nemotron.grammar.Grammar;
import dev.nemotron.grammar.TokenTrie;
import dev.nemotron.grammar.ToolGrammar;
import dev.nemotron.output.ToolFormat;
import java.util.List;

/** The grammars of calls in the formats that answers are read in. */
final class CallGrammars {

    private CallGrammars() {}

    /**
     * Compiles a grammar of calls.
     *
     * @param format how the model writes calls
     * @param tools the tools that may be called
     * @param several whether several calls may follow one another
     * @param behindOpener whether the opener of the first call has come already
     * @param vocabulary the vocabulary of the model
     * @return the grammar
     * @throws InvalidRequestException if calls in this format cannot be bound
     */
    static Grammar compile(
            ToolFormat format, List<Tool> tools, boolean several, boolean behindOpener, TokenTrie vocabulary) {
        ToolGrammar.Style style = switch (format) {
            case XML_FUNCTION -> ToolGrammar.Style.XML_FUNCTION;
            case TOOLCALL_LIST -> ToolGrammar.Style.TOOLCALL_LIST;
            case HERMES -> ToolGrammar.Style.HERMES;
            case LLAMA_JSON -> ToolGrammar.Style.LLAMA_JSON;
            case HARMONY, NONE ->
                throw new InvalidRequestException(
                        "tool_choice",
                        "a call cannot be required of this model: the way in which it writes calls "
                                + (format == ToolFormat.NONE ? "is not known" : "(harmony) cannot be bound yet"));
        };
        ToolGrammar.Start start = behindOpener ? ToolGrammar.Start.AFTER_OPENER : ToolGrammar.Start.CALL;
        return ToolGrammar.compile(vocabulary, style, tools, start, several);
    }
}
