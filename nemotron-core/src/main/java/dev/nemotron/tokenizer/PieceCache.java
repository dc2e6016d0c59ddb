package dev.nemotron.tokenizer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ids of pieces that were merged before; text repeats its words. Of bounded size: a new piece takes the
 * place of the one that was in its slot. Threads share it without locks, since entries are immutable and losing one is
 * harmless.
 */
final class PieceCache {

    /** The longest piece that is remembered. */
    static final int MAX_LENGTH = 48;

    private static final int SLOTS = 1 << 15;

    /** Final fields, so that a thread that finds an entry sees all of it. */
    private static final class Entry {
        private final char[] piece;
        private final int[] ids;

        Entry(char[] piece, int[] ids) {
            this.piece = piece;
            this.ids = ids;
        }
    }

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];

    /** Returns the slot of a piece, for the other two methods. */
    static int slot(char[] text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        hash *= 0x9e3779b9;
        return hash >>> (Integer.SIZE - 15);
    }

    /** Returns the ids of a piece, which nobody may change, or null. */
    int @Nullable [] find(int slot, char[] text, int from, int to) {
        Entry entry = entries[slot];
        return entry != null && Arrays.equals(entry.piece, 0, entry.piece.length, text, from, to) ? entry.ids : null;
    }

    /** Remembers the ids of a piece. */
    void put(int slot, char[] text, int from, int to, int[] ids) {
        entries[slot] = new Entry(Arrays.copyOfRange(text, from, to), ids);
    }
}
