package dev.nemotron.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The keys that the objects around a place in a JSON text have so far. A grammar cannot keep keys apart that are free to
 * choose, so that this is kept beside it. Keys are compared as they are written, which is unambiguous since the grammar lets
 * each character of a key be written in one way only. Immutable.
 */
final class KeyScope {

    /** An object begins. */
    static final int OPEN = 1;

    /** A key begins. */
    static final int KEY = 2;

    /** A key ends. */
    static final int KEY_END = 4;

    /** An object ends. */
    static final int CLOSE = 8;

    /** The key that begins is free to choose. */
    static final int FREE = 16;

    /** Outside of every object. */
    static final KeyScope OUTSIDE = new KeyScope(null, null, null);

    private record Keys(String key, @Nullable Keys others) {}

    private final @Nullable KeyScope outer;
    private final @Nullable Keys keys;

    /** What is there of the key that is being written, one char for each byte. */
    private final @Nullable String key;

    private KeyScope(@Nullable KeyScope outer, @Nullable Keys keys, @Nullable String key) {
        this.outer = outer;
        this.keys = keys;
        this.key = key;
    }

    /** Returns the scope after a byte, or null if a key would be there twice. */
    @Nullable
    KeyScope after(int action, int value) {
        if ((action & CLOSE) != 0) {
            return outer == null ? OUTSIDE : outer;
        }
        if ((action & OPEN) != 0) {
            return new KeyScope(this, null, null);
        }
        if ((action & KEY_END) != 0 && key != null) {
            return has(key) ? null : new KeyScope(outer, new Keys(key, keys), null);
        }
        if ((action & KEY) != 0) {
            return new KeyScope(outer, keys, "");
        }
        return key == null ? this : new KeyScope(outer, keys, key + (char) value);
    }

    private boolean has(String sought) {
        for (Keys known = keys; known != null; known = known.others()) {
            if (known.key().equals(sought)) {
                return true;
            }
        }
        return false;
    }

    /** Forbids the tokens that would complete a key that is there already; they are all in the slice. */
    void forbidRepetition(TrieSlice slice, long[] allowed) {
        if (key == null) {
            return;
        }
        for (Keys known = keys; known != null; known = known.others()) {
            if (known.key().startsWith(key)) {
                byte[] rest = (known.key().substring(key.length()) + '"')
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                TrieSlice.Range range = slice.find(rest, 0, rest.length);
                for (int node = range.first(); node < range.end(); node++) {
                    int token = slice.token(node);
                    if (token >= 0) {
                        allowed[token >> 6] &= ~(1L << token);
                    }
                }
            }
        }
    }
}
