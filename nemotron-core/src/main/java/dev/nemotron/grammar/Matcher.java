package dev.nemotron.grammar;

import java.util.Arrays;

/**
 * Follows one sequence through a grammar and tells which tokens can come next. A token may cross the border between parts of
 * the grammar, and end within a character. For one thread at a time.
 */
public final class Matcher {

    /** With so many tokens to spare nobody looks whether the shortest end repeats a key. */
    private static final int TIME_FOR_A_KEY = 64;

    /** After the end of the answer. */
    private static final Configuration ENDED = new Configuration(new int[0], new Frame[0], true, 0);

    private final Grammar grammar;
    private final Automaton automaton;
    private final TokenTrie vocabulary;
    private final int[] endTokens;
    private final int[] markerTokens;
    private final MaskWalk walk;
    private Configuration[] configurations = new Configuration[64];
    private KeyScope[] scopes = new KeyScope[64];
    private int accepted;
    private KeyScope reached = KeyScope.OUTSIDE;

    Matcher(Grammar grammar, int[] endTokens) {
        this.grammar = grammar;
        this.automaton = grammar.automaton();
        this.vocabulary = grammar.vocabulary();
        this.endTokens = endTokens.clone();
        this.markerTokens = automaton.network().alphabet().markerTokens();
        this.walk = new MaskWalk(automaton, vocabulary, markerTokens);
        configurations[0] = automaton.start();
        scopes[0] = KeyScope.OUTSIDE;
    }

    private Matcher(Matcher other) {
        this(other.grammar, other.endTokens);
        configurations = other.configurations.clone();
        scopes = other.scopes.clone();
        accepted = other.accepted;
    }

    /**
     * Copies the matcher with all that it has seen.
     *
     * @return an independent matcher
     */
    public Matcher copy() {
        return new Matcher(this);
    }

    Configuration configuration() {
        return configurations[accepted];
    }

    Grammar grammar() {
        return grammar;
    }

    /**
     * Finds the tokens that can come next. At least one can, unless the answer is {@link #exhausted()} and no end tokens
     * are known.
     *
     * @param allowed is filled with one bit for each token, the lowest first, as for
     *     {@link dev.nemotron.tokenizer.Tokenizer#vocabularySize()} or more tokens; its other bits are cleared
     * @throws IllegalArgumentException if there are too few bits
     */
    public void fillMask(long[] allowed) {
        if ((long) allowed.length * Long.SIZE < vocabulary.size()) {
            throw new IllegalArgumentException("the mask must have a bit for each of " + vocabulary.size()
                    + " tokens, found " + allowed.length + " words");
        }
        walk.fill(configuration(), allowed);
        if (grammar.tracksKeys()) {
            scopes[accepted].forbidRepetition(vocabulary.others(), allowed);
            for (int token : vocabulary.quoting()) {
                if ((allowed[token >> 6] >>> token & 1) != 0 && after(token).dead()) {
                    allowed[token >> 6] &= ~(1L << token);
                }
            }
        }
        for (int token : endTokens) {
            if (token >> 6 < allowed.length) {
                allowed[token >> 6] &= ~(1L << token);
                allowed[token >> 6] |= (complete() ? 1L : 0L) << token;
            }
        }
    }

    /**
     * Tells whether a token can come next, without looking at the others.
     *
     * @param token any id
     * @return whether its bit is set by {@link #fillMask}
     */
    public boolean allows(int token) {
        return isEnd(token) ? complete() : !after(token).dead();
    }

    /**
     * Goes on by a token.
     *
     * @param token the id of a token that is allowed
     * @throws IllegalArgumentException if it is not allowed; the matcher is as before then
     */
    public void accept(int token) {
        boolean end = isEnd(token) && complete();
        Configuration next = end ? ENDED : isEnd(token) ? null : after(token);
        if (next == null || next.dead()) {
            throw new IllegalArgumentException("the grammar does not allow the token " + token + " here");
        }
        accepted++;
        if (accepted == configurations.length) {
            configurations = Arrays.copyOf(configurations, 2 * accepted);
            scopes = Arrays.copyOf(scopes, 2 * accepted);
        }
        configurations[accepted] = next;
        scopes[accepted] = end ? KeyScope.OUTSIDE : reached;
    }

    /**
     * Takes back the last tokens.
     *
     * @param tokens how many
     * @throws IllegalArgumentException if fewer have been accepted
     */
    public void rollback(int tokens) {
        if (tokens < 0 || tokens > accepted) {
            throw new IllegalArgumentException(
                    "cannot take back " + tokens + " tokens, " + accepted + " have been accepted");
        }
        accepted -= tokens;
    }

    /**
     * Returns how many tokens have been accepted and not taken back.
     *
     * @return the number, end tokens included
     */
    public int accepted() {
        return accepted;
    }

    /**
     * Tells whether the text so far is a whole answer.
     *
     * @return whether it may end here
     */
    public boolean complete() {
        return configuration().complete();
    }

    /**
     * Tells whether the text so far is a whole answer and cannot be continued.
     *
     * @return whether it must end here
     */
    public boolean exhausted() {
        return complete() && configuration().stuck();
    }

    /**
     * Finds the tokens that must come next whatever the model says, cut as the model would write them. Where the fixed text
     * ends, tokens are left out that a longer token of the vocabulary could stand for together with what follows.
     *
     * @return their ids, often none
     */
    public int[] forced() {
        return new JumpAhead(vocabulary, automaton, markerTokens).from(this);
    }

    /**
     * Tells whether the text can be brought to an end in time.
     *
     * @param tokens how many tokens there is time for
     * @return whether so many are enough for {@link #shortestEnd}
     */
    public boolean canEndWithin(int tokens) {
        if (complete()) {
            return true;
        }
        // A token is at least a symbol, so as many tokens as symbols are enough; a key that must not be repeated may
        // need more.
        int more = grammar.tracksKeys() ? TIME_FOR_A_KEY : 0;
        if (automaton.shortestEnd().of(configuration()) + more <= tokens) {
            return true;
        }
        int[] end = shortestEnd();
        return end.length > 0 && end.length <= tokens;
    }

    /**
     * Finds tokens that bring the text to an end, with as few symbols as possible.
     *
     * @return their ids; none if the text is complete, or no such end is found
     */
    public int[] shortestEnd() {
        int[] symbols = automaton.shortestEnd().symbols(configuration(), automaton);
        int[] tokens = new JumpAhead(vocabulary, automaton, markerTokens).of(symbols, this);
        Matcher after = copy();
        for (int token : tokens) {
            after.accept(token);
        }
        return after.complete() ? tokens : new int[0];
    }

    private boolean isEnd(int token) {
        for (int end : endTokens) {
            if (end == token) {
                return true;
            }
        }
        return false;
    }

    /** Returns where a token that is no end token leads, and notes the scope of keys there. */
    private Configuration after(int token) {
        Configuration at = configuration();
        reached = scopes[accepted];
        byte[] bytes = vocabulary.bytes(token);
        if (bytes.length == 0) {
            return automaton.step(at, symbolOf(token));
        }
        for (byte value : bytes) {
            Configuration from = at;
            at = automaton.step(from, value & 0xff);
            if (at.dead()) {
                return at;
            }
            if (grammar.tracksKeys()) {
                KeyScope scope = reached.after(automaton.action(from, value & 0xff), value & 0xff);
                if (scope == null) {
                    return automaton.dead();
                }
                reached = scope;
            }
        }
        return at;
    }

    /** Returns the symbol of a marker, or one that no text has. */
    private int symbolOf(int token) {
        for (int marker = 0; marker < markerTokens.length; marker++) {
            if (markerTokens[marker] == token) {
                return Alphabet.MARKERS + marker;
            }
        }
        return Automaton.NO_SYMBOL;
    }
}
