package dev.nemotron.engine;

import dev.nemotron.grammar.Matcher;
import dev.nemotron.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the grammar of an answer begins: with the answer, after any reasoning, or with a call of a tool, if one comes. For one
 * thread.
 */
final class Binding {

    private final Supplier<Matcher> grammar;
    private final @Nullable String opener;
    private final Tokenizer tokenizer;
    private final int[] spaces;
    private final StringBuilder answer = new StringBuilder();

    private Binding(Supplier<Matcher> grammar, @Nullable String opener, Tokenizer tokenizer, int[] spaces) {
        this.grammar = grammar;
        this.opener = opener;
        this.tokenizer = tokenizer;
        this.spaces = spaces;
    }

    /**
     * A grammar that begins with the answer.
     *
     * @param grammar makes a matcher at its beginning
     * @param tokenizer tells the text of tokens
     * @param spaces the tokens that are white space
     * @return the binding
     */
    static Binding ofAnswer(Supplier<Matcher> grammar, Tokenizer tokenizer, int[] spaces) {
        return new Binding(grammar, null, tokenizer, spaces);
    }

    /**
     * A grammar that begins behind the opener of a call, wherever in the answer that comes.
     *
     * @param grammar makes a matcher behind the opener
     * @param opener what a call begins with
     * @param tokenizer tells the text of tokens
     * @return the binding
     */
    static Binding ofCall(Supplier<Matcher> grammar, String opener, Tokenizer tokenizer) {
        return new Binding(grammar, opener, tokenizer, new int[0]);
    }

    /** The tokens of white space that may stand before a bound answer. */
    int[] spaces() {
        return spaces;
    }

    /** The matcher, if the grammar begins before the first token. */
    @Nullable
    Matcher atBeginning(@Nullable ReasoningTracker reasoning) {
        return opener == null && (reasoning == null || !reasoning.mayReason()) ? grammar.get() : null;
    }

    /**
     * The matcher, if the grammar begins after a token.
     *
     * @param token the token that has come
     * @param answering whether it belongs to the answer, not to the reasoning
     * @param reasoning knows how far the answer is
     * @return the matcher, or null
     */
    @Nullable
    Matcher after(int token, boolean answering, @Nullable ReasoningTracker reasoning) {
        if (opener == null) {
            return reasoning == null || !reasoning.mayReason() ? grammar.get() : null;
        }
        // The opener may end the reasoning by itself.
        if (tokenizer.has(token)) {
            answer.append(new String(tokenizer.bytes(token), StandardCharsets.ISO_8859_1));
        }
        if (reasoning != null && !answering && !reasoning.answering()) {
            answer.setLength(0);
            return null;
        }
        answer.delete(0, Math.max(0, answer.length() - opener.length()));
        if (answer.toString().equals(opener)) {
            answer.setLength(0);
            return grammar.get();
        }
        return null;
    }
}
