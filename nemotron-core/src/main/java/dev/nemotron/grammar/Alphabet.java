package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What the edges of a network are labelled with: code points, or bytes and after them the markers that are tokens of their
 * own. For one network.
 */
final class Alphabet {

    /** The first symbol that is a marker. */
    static final int MARKERS = 256;

    private final boolean bytes;
    private final BitSet spellable;
    private final ToIntFunction<String> markerToken;
    private final List<Integer> tokens = new ArrayList<>();

    private Alphabet(boolean bytes, BitSet spellable, ToIntFunction<String> markerToken) {
        this.bytes = bytes;
        this.spellable = spellable;
        this.markerToken = markerToken;
    }

    /** Code points, for algebra on languages. */
    static Alphabet codePoints() {
        return new Alphabet(false, new BitSet(), marker -> -1);
    }

    /** Bytes and markers of a vocabulary. */
    static Alphabet of(TokenTrie vocabulary) {
        return new Alphabet(true, vocabulary.spellable(), vocabulary::marker);
    }

    boolean bytes() {
        return bytes;
    }

    /** Whether a single token spells this byte, so that no text gets stuck at it. */
    boolean spellable(int symbol) {
        return !bytes || symbol >= MARKERS || spellable.get(symbol);
    }

    /** Returns the symbol of a marker, or -1 if it has to be spelled out. */
    int marker(String text) {
        int token = markerToken.applyAsInt(text);
        if (token < 0) {
            return -1;
        }
        if (!tokens.contains(token)) {
            tokens.add(token);
        }
        return MARKERS + tokens.indexOf(token);
    }

    int[] markerTokens() {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
