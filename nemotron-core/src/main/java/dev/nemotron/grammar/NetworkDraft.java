package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.List;

/** States and edges of a {@link Network} in the making, within limits. */
final class NetworkDraft {

    private static final int MAX_STATES = 400_000;

    private final Alphabet alphabet;
    private final List<Network.Loop> loops = new ArrayList<>();
    private final IntList loopOf = new IntList();
    private final IntList lastEdge = new IntList();
    private final IntList previous = new IntList();
    private final Network.Edges edges = new Network.Edges();

    /** Begins with the state in which every rule ends. */
    NetworkDraft(Alphabet alphabet) {
        this.alphabet = alphabet;
        state();
    }

    /**
     * Adds a state.
     *
     * @throws IllegalArgumentException if there are too many
     */
    int state() {
        if (loopOf.size() >= MAX_STATES) {
            throw new IllegalArgumentException("the grammar is too large: more than " + MAX_STATES + " states");
        }
        loopOf.add(-1);
        lastEdge.add(-1);
        return loopOf.size() - 1;
    }

    private void edge(int from, int low, int high, int to, int action) {
        if (edges.size() >= 4 * MAX_STATES) {
            throw new IllegalArgumentException("the grammar is too large: more than " + 4 * MAX_STATES + " edges");
        }
        previous.add(lastEdge.get(from));
        lastEdge.set(from, edges.size());
        edges.add(low, high, to, action);
    }

    /** Adds an edge for the symbols of a range that a text can go on from. */
    void read(int from, int low, int high, int to, int action) {
        int first = low;
        for (int symbol = low; alphabet.bytes() && symbol <= high; symbol++) {
            if (!alphabet.spellable(symbol)) {
                if (first < symbol) {
                    edge(from, first, symbol - 1, to, action);
                }
                first = symbol + 1;
            }
        }
        if (first <= high) {
            edge(from, first, high, to, action);
        }
    }

    /** Adds an edge that reads nothing. */
    void epsilon(int from, int to) {
        edge(from, Network.EPSILON, 0, to, 0);
    }

    /** Adds an edge that calls a rule. */
    void call(int from, int rule, int to) {
        edge(from, Network.CALL, rule, to, 0);
    }

    /** Makes a state a loop. */
    void loop(int state, Network.Loop loop) {
        loopOf.set(state, loops.size());
        loops.add(loop);
    }

    /** Returns the network, whose rules begin in some states. */
    Network network(int[] entries) {
        int[] first = new int[loopOf.size() + 1];
        Network.Edges sorted = new Network.Edges();
        for (int state = 0; state < loopOf.size(); state++) {
            for (int edge = lastEdge.get(state); edge >= 0; edge = previous.get(edge)) {
                sorted.add(edges, edge);
            }
            first[state + 1] = sorted.size();
        }
        return new Network(sorted, first, entries, loopOf.toArray(), List.copyOf(loops), alphabet);
    }
}
