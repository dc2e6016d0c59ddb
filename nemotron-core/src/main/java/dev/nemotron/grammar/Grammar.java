package dev.nemotron.grammar;

import dev.nemotron.OutputFormat;

/**
 * A form of answers, compiled for a vocabulary. Immutable for its users and thread-safe; what is found out while matching,
 * such as which tokens can follow where, is kept within bounds and serves all matchers.
 */
public final class Grammar {

    private final TokenTrie vocabulary;
    private final Automaton automaton;
    private final boolean tracksKeys;

    private Grammar(TokenTrie vocabulary, Network network) {
        this.vocabulary = vocabulary;
        this.automaton = new Automaton(network);
        this.tracksKeys = network.hasAction(KeyScope.FREE);
    }

    /**
     * Compiles a format.
     *
     * @param format the form that answers must have
     * @param vocabulary the vocabulary of the model
     * @return the grammar
     * @throws UnsupportedSchemaException if a JSON Schema has something that cannot be enforced, or that nothing satisfies
     * @throws IllegalArgumentException if an expression or a grammar is malformed, too large, or matches no text
     */
    public static Grammar compile(OutputFormat format, TokenTrie vocabulary) {
        return switch (format) {
            case OutputFormat.JsonObject any -> of(new JsonText().anyObject(), vocabulary);
            case OutputFormat.JsonSchema schema -> ofSchema(schema, vocabulary);
            case OutputFormat.Regex regex -> of(RegexParser.whole(regex.pattern()), vocabulary);
            case OutputFormat.Choice choice -> of(new Expression.Literals(choice.texts()), vocabulary);
            case OutputFormat.Grammar grammar -> of(GbnfParser.parse(grammar.rules()), vocabulary);
        };
    }

    private static Grammar ofSchema(OutputFormat.JsonSchema schema, TokenTrie vocabulary) {
        Expression expression = SchemaCompiler.compile(schema.schema());
        try {
            return of(expression, vocabulary);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchemaException("", "", String.valueOf(e.getMessage()));
        }
    }

    static Grammar of(Expression expression, TokenTrie vocabulary) {
        Network network = NetworkBuilder.build(expression, Alphabet.of(vocabulary));
        Grammar grammar = new Grammar(vocabulary, network);
        if (grammar.automaton.start().dead()) {
            throw new IllegalArgumentException(
                    "nothing satisfies the form of the answer, or nothing that the vocabulary can spell");
        }
        return grammar;
    }

    /**
     * Opens a matcher for one sequence.
     *
     * @param endTokens the tokens that end an answer; they can follow exactly where the text so far is a whole one
     * @return the matcher, which has not seen a token yet
     */
    public Matcher matcher(int... endTokens) {
        return new Matcher(this, endTokens);
    }

    /**
     * Returns what it has been compiled for.
     *
     * @return the vocabulary
     */
    public TokenTrie vocabulary() {
        return vocabulary;
    }

    Automaton automaton() {
        return automaton;
    }

    /** Whether keys are free to choose somewhere, so that they have to be kept apart. */
    boolean tracksKeys() {
        return tracksKeys;
    }
}
