package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merges of a byte-pair encoding: pair of ids to rank and merged id. An open-addressing hash table in one array,
 * two longs an entry, so that a look-up is one cache line and no object.
 */
final class MergeTable {

    /** What {@link #find} returns where a pair does not merge. */
    static final long NONE = -1;

    private static final long EMPTY = -1;

    private final long[] slots;
    private final int mask;

    private MergeTable(int merges) {
        int capacity = Integer.highestOneBit(Math.max(4, merges)) << 2;
        slots = new long[2 * capacity];
        mask = capacity - 1;
        Arrays.fill(slots, EMPTY);
    }

    /**
     * Reads the merges of a model.
     *
     * @param model the object that holds the key {@code merges}, a list of {@code "a b"} or {@code ["a", "b"]}
     * @param vocabulary holds the parts and the results
     * @return the table
     * @throws ModelFormatException if a merge is malformed or names a token that is not there
     */
    static MergeTable read(JsonObject model, Vocabulary vocabulary) {
        List<@Nullable Object> merges = model.list("merges");
        if (merges == null) {
            throw model.wrong("merges", "a list", null);
        }
        MergeTable table = new MergeTable(merges.size());
        int rank = 0;
        for (int i = 0; i < merges.size(); i++) {
            Object merge = merges.get(i);
            String key = "merges[" + i + "]";
            if (merge instanceof String line && line.startsWith("#version")) {
                continue;
            }
            int space = merge instanceof String line ? line.indexOf(' ') : -1;
            if (merge instanceof String line && space >= 0 && line.indexOf(' ', space + 1) < 0) {
                table.put(line.substring(0, space), line.substring(space + 1), rank++, vocabulary, model, key);
            } else if (merge instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String left
                    && pair.get(1) instanceof String right) {
                table.put(left, right, rank++, vocabulary, model, key);
            } else {
                throw model.wrong(key, "two tokens, as \"a b\" or [\"a\", \"b\"]", merge);
            }
        }
        return table;
    }

    private void put(String left, String right, int rank, Vocabulary vocabulary, JsonObject model, String key) {
        int leftId = known(left, vocabulary, model, key);
        int rightId = known(right, vocabulary, model, key);
        int merged = known(left + right, vocabulary, model, key);
        long pair = pair(leftId, rightId);
        int slot = slot(pair);
        while (slots[slot] != EMPTY && slots[slot] != pair) {
            slot = (slot + 2) & (2 * mask + 1);
        }
        slots[slot] = pair;
        slots[slot + 1] = ((long) rank << 32) | merged;
    }

    private static int known(String token, Vocabulary vocabulary, JsonObject model, String key) {
        int id = vocabulary.id(token);
        if (id < 0) {
            throw model.wrong(key, "a merge of tokens that the vocabulary holds, as is their result", token);
        }
        return id;
    }

    /** Returns {@code (rank << 32) | id} of the merge of two tokens, or {@link #NONE}. */
    long find(int left, int right) {
        long pair = pair(left, right);
        for (int slot = slot(pair); ; slot = (slot + 2) & (2 * mask + 1)) {
            long key = slots[slot];
            if (key == pair) {
                return slots[slot + 1];
            }
            if (key == EMPTY) {
                return NONE;
            }
        }
    }

    private static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    private int slot(long pair) {
        long hash = pair * 0x9e3779b97f4a7c15L;
        return (int) ((hash >>> 40) ^ (hash >>> 20)) & (mask << 1);
    }
}
