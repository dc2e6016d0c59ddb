package dev.nemotron.grammar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A trie of some tokens of a vocabulary. Each node has its byte, its depth, its token and the end of its subtree. Immutable. */
final class TrieSlice {

    /** Byte of each node, and its depth from 1 shifted by 8. */
    private final int[] labels;

    private final int[] ends;
    private final int[] tokens;
    private final long[] mask;

    private TrieSlice(int[] labels, int[] ends, int[] tokens, long[] mask) {
        this.labels = labels;
        this.ends = ends;
        this.tokens = tokens;
        this.mask = mask;
    }

    /**
     * Builds a slice.
     *
     * @param bytes the bytes of each token; those without any are left out
     * @param chosen which of them are in the slice
     */
    static TrieSlice of(byte[][] bytes, IntPredicate chosen) {
        int[] sorted = IntStream.range(0, bytes.length)
                .filter(token -> bytes[token].length > 0)
                .filter(chosen)
                .boxed()
                .sorted(Comparator.comparing(token -> bytes[token], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        IntList labels = new IntList();
        IntList ends = new IntList();
        IntList tokens = new IntList();
        long[] mask = new long[(bytes.length + Long.SIZE - 1) / Long.SIZE];
        IntList open = new IntList();
        byte[] before = new byte[0];
        for (int token : sorted) {
            byte[] text = bytes[token];
            // A second token of the same bytes gets a leaf of its own beside the first.
            int mismatch = Arrays.mismatch(before, text);
            int common = mismatch < 0 ? text.length - 1 : mismatch;
            while (open.size() > common) {
                ends.set(open.removeLast(), labels.size());
            }
            for (int depth = common; depth < text.length; depth++) {
                open.add(labels.size());
                labels.add((text[depth] & 0xff) | ((depth + 1) << 8));
                ends.add(0);
                tokens.add(depth == text.length - 1 ? token : -1);
            }
            mask[token >> 6] |= 1L << token;
            before = text;
        }
        while (open.size() > 0) {
            ends.set(open.removeLast(), labels.size());
        }
        return new TrieSlice(labels.toArray(), ends.toArray(), tokens.toArray(), mask);
    }

    int nodes() {
        return labels.length;
    }

    int value(int node) {
        return labels[node] & 0xff;
    }

    int depth(int node) {
        return labels[node] >>> 8;
    }

    int end(int node) {
        return ends[node];
    }

    /** Returns the token that ends at a node, or -1. */
    int token(int node) {
        return tokens[node];
    }

    /** Sets the bits of all tokens of the slice. */
    void addAll(long[] allowed) {
        for (int word = 0; word < mask.length; word++) {
            allowed[word] |= mask[word];
        }
    }

    /** Sets the bits of all tokens that can follow; {@code path} is scratch that is longer than any token. */
    void addFitting(Automaton automaton, Configuration from, long[] allowed, Configuration[] path) {
        path[0] = from;
        for (int node = 0; node < labels.length; ) {
            int label = labels[node];
            int depth = label >>> 8;
            Configuration next = automaton.step(path[depth - 1], label & 0xff);
            if (next.dead()) {
                node = ends[node];
            } else {
                path[depth] = next;
                int token = tokens[node++];
                if (token >= 0) {
                    allowed[token >> 6] |= 1L << token;
                }
            }
        }
    }

    /**
     * Finds the nodes that a text leads to, which stand side by side if several tokens have the same bytes.
     *
     * @return the first of them, the first of their children, and the end of both
     */
    Range find(byte[] text, int from, int to) {
        Range range = new Range(0, 0, labels.length);
        for (int i = from; i < to && range.first() < range.end(); i++) {
            range = step(range, text[i] & 0xff);
        }
        return range;
    }

    private Range step(Range range, int value) {
        int first = -1;
        for (int node = range.children(); node < range.end(); node = ends[node]) {
            if (value(node) == value) {
                first = first < 0 ? node : first;
                if (ends[node] >= range.end() || value(ends[node]) != value) {
                    return new Range(first, node + 1, ends[node]);
                }
            }
        }
        return new Range(0, 0, 0);
    }

    /** Nodes of one text, from {@code first}, the children of the last of them, and where these end. */
    record Range(int first, int children, int end) {}
}
