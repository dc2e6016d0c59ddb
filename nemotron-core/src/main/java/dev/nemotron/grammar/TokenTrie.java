package dev.nemotron.grammar;

import dev.nemotron.tokenizer.AddedToken;
import dev.nemotron.tokenizer.TextSpan;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tokens of a vocabulary as a trie of their bytes, flat and in depth-first order. Tokens that control the conversation
 * are not text and not in the trie; grammars reach them as markers. Immutable and thread-safe; one serves all grammars of a
 * model.
 */
public final class TokenTrie {

    /** The most characters of a token of {@link #shortText}. */
    static final int SHORT_TEXT = 10;

    private final byte[][] tokens;
    private final Map<String, Integer> markers;
    private final Function<String, int[]> encode;
    private final TrieSlice shortText;
    private final TrieSlice longText;
    private final TrieSlice others;
    private final BitSet spellable = new BitSet(256);
    private final int[] quoting;
    private final int longest;

    /**
     * Makes a trie.
     *
     * @param tokens the bytes of each token; none for those that are not text
     * @param markers the tokens that are markers, by their text
     * @param encode cuts a text into tokens as the model expects it
     */
    TokenTrie(byte[][] tokens, Map<String, Integer> markers, Function<String, int[]> encode) {
        this.tokens = tokens;
        this.markers = Map.copyOf(markers);
        this.encode = encode;
        int[] lengths = new int[tokens.length];
        IntList quotes = new IntList();
        int most = 0;
        for (int token = 0; token < tokens.length; token++) {
            byte[] bytes = tokens[token];
            most = Math.max(most, bytes.length);
            lengths[token] = lengthOfPlainText(bytes);
            if (bytes.length == 1) {
                spellable.set(bytes[0] & 0xff);
            }
            int quotesInToken = 0;
            for (byte value : bytes) {
                quotesInToken += value == '"' ? 1 : 0;
            }
            if (quotesInToken > 1) {
                quotes.add(token);
            }
        }
        longest = most;
        quoting = quotes.toArray();
        shortText = TrieSlice.of(tokens, token -> lengths[token] > 0 && lengths[token] <= SHORT_TEXT);
        longText = TrieSlice.of(tokens, token -> lengths[token] > SHORT_TEXT && lengths[token] <= PlainText.MOST);
        others = TrieSlice.of(tokens, token -> lengths[token] < 0 || lengths[token] > PlainText.MOST);
    }

    /**
     * Builds the trie of a vocabulary, in some hundred milliseconds and about 10 MB for 131,072 tokens.
     *
     * @param tokenizer the vocabulary
     * @return the trie
     */
    public static TokenTrie of(Tokenizer tokenizer) {
        byte[][] tokens = new byte[tokenizer.vocabularySize()][];
        Map<String, Integer> markers = new HashMap<>();
        for (AddedToken added : tokenizer.addedTokens()) {
            if (added.special() || isTag(added.content())) {
                markers.put(added.content(), added.id());
                tokens[added.id()] = new byte[0];
            }
        }
        for (int token = 0; token < tokens.length; token++) {
            if (tokens[token] == null) {
                tokens[token] = has(tokenizer, token) ? tokenizer.bytes(token) : new byte[0];
            }
        }
        return new TokenTrie(tokens, markers, text -> tokenizer.encode(List.of(new TextSpan(text, false)), false));
    }

    private static boolean has(Tokenizer tokenizer, int token) {
        try {
            return !tokenizer.token(token).isEmpty();
        } catch (IllegalArgumentException e) {
            // The ids of a vocabulary can have gaps.
            return false;
        }
    }

    /** An added token such as {@code <tool_call>} is a sign and not text, also where its file does not call it special. */
    private static boolean isTag(String content) {
        boolean angles = content.startsWith("<") && content.endsWith(">");
        boolean brackets = content.startsWith("[") && content.endsWith("]");
        return content.length() > 2 && (angles || brackets);
    }

    /** Returns the number of characters of a token that is plain text, 0 for no text, and -1 for other text. */
    private static int lengthOfPlainText(byte[] bytes) {
        for (byte value : bytes) {
            if (value >= 0 && !PlainText.isPlain(value)) {
                return -1;
            }
        }
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        boolean whole = java.util.Arrays.equals(bytes, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return whole ? text.codePointCount(0, text.length()) : -1;
    }

    /**
     * Returns the number of ids.
     *
     * @return the largest id that has a token, plus one
     */
    public int size() {
        return tokens.length;
    }

    /** Returns the length of the longest token in bytes. */
    int longest() {
        return longest;
    }

    /** Returns the bytes of a token, not to be changed; none if it is not text. */
    byte[] bytes(int token) {
        return token >= 0 && token < tokens.length ? tokens[token] : new byte[0];
    }

    /** Returns the token that is a marker, or -1. */
    int marker(String text) {
        return markers.getOrDefault(text, -1);
    }

    /** Returns the bytes that are a token each. */
    BitSet spellable() {
        return spellable;
    }

    /** Returns the tokens with more than one quote, which can hold a whole key. */
    int[] quoting() {
        return quoting;
    }

    int[] encode(String text) {
        return encode.apply(text);
    }

    /** The tokens that are plain text of few characters. */
    TrieSlice shortText() {
        return shortText;
    }

    /** The tokens that are plain text of more characters, up to {@link PlainText#MOST}. */
    TrieSlice longText() {
        return longText;
    }

    /** All other tokens. */
    TrieSlice others() {
        return others;
    }
}
