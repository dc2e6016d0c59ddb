package dev.nemotron.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recursive transition network (W. A. Woods, "Transition Network Grammars for Natural Language Analysis", 1970): states
 * with edges that read a symbol, read nothing, or call a rule and go on where it ends; and loops, states that call a rule a
 * counted number of times. Every state leads to the end of its rule. Immutable.
 */
final class Network {

    /** The state in which every rule ends. */
    static final int FINAL = 0;

    static final int EPSILON = -1;
    static final int CALL = -2;

    /** A state that calls a rule {@code min} to {@code max} times and then goes to its exit. */
    record Loop(int rule, int min, int max, int exit) {}

    /** Edges: those with a label from 0 read a symbol of the range, a call has its rule in place of {@code high}. */
    static final class Edges {
        private final IntList low = new IntList();
        private final IntList high = new IntList();
        private final IntList to = new IntList();
        private final IntList action = new IntList();

        void add(int low, int high, int to, int action) {
            this.low.add(low);
            this.high.add(high);
            this.to.add(to);
            this.action.add(action);
        }

        void add(Edges other, int edge) {
            add(other.low.get(edge), other.high.get(edge), other.to.get(edge), other.action.get(edge));
        }

        int size() {
            return low.size();
        }
    }

    private final Edges edges;
    private final int[] first;
    private final int[] entries;
    private final int[] loopOf;
    private final List<Loop> loops;
    private final Alphabet alphabet;
    private final boolean[] nullable;
    private final boolean[] reads;
    private final int[] cuts;

    /**
     * Makes a network.
     *
     * @param edges sorted by the state that they leave
     * @param first for each state the first of its edges, and the number of edges at the end
     * @param entries the state in which each rule begins; rule 0 is the start
     * @param loopOf for each state the index of its loop, or -1
     */
    Network(Edges edges, int[] first, int[] entries, int[] loopOf, List<Loop> loops, Alphabet alphabet) {
        this.edges = edges;
        this.first = first;
        this.entries = entries;
        this.loopOf = loopOf;
        this.loops = loops;
        this.alphabet = alphabet;
        this.reads = new boolean[loopOf.length];
        for (int state = 0; state < loopOf.length; state++) {
            for (int edge = first[state]; edge < first[state + 1]; edge++) {
                reads[state] |= edges.low.get(edge) >= 0;
            }
        }
        this.cuts = IntStream.range(0, edges.size())
                .filter(edge -> edges.low.get(edge) >= 0)
                .flatMap(edge -> IntStream.of(edges.low.get(edge), edges.high.get(edge) + 1))
                .distinct()
                .sorted()
                .toArray();
        this.nullable = new NetworkAnalysis(this).nullable();
    }

    /** The network of no text. */
    static Network nothing(Alphabet alphabet) {
        return new Network(new Edges(), new int[3], new int[] {1}, new int[] {-1, -1}, List.of(), alphabet);
    }

    /** The same without edges into states that lead nowhere. */
    Network restrictedTo(boolean[] productive) {
        Edges kept = new Edges();
        int[] keptFirst = new int[first.length];
        int[] keptLoopOf = loopOf.clone();
        for (int state = 0; state < loopOf.length; state++) {
            for (int edge = first[state]; edge < first[state + 1]; edge++) {
                boolean callOfNothing = edges.low.get(edge) == CALL && !productive[entries[edges.high.get(edge)]];
                if (productive[edges.to.get(edge)] && !callOfNothing) {
                    kept.add(edges, edge);
                }
            }
            if (loopOf[state] >= 0) {
                Loop loop = loops.get(loopOf[state]);
                if (productive[state] && !productive[entries[loop.rule()]]) {
                    kept.add(EPSILON, 0, loop.exit(), 0);
                }
                if (!productive[state] || !productive[entries[loop.rule()]]) {
                    keptLoopOf[state] = -1;
                }
            }
            keptFirst[state + 1] = kept.size();
        }
        return new Network(kept, keptFirst, entries, keptLoopOf, loops, alphabet);
    }

    int states() {
        return loopOf.length;
    }

    int rules() {
        return entries.length;
    }

    int entry(int rule) {
        return entries[rule];
    }

    boolean nullable(int rule) {
        return nullable[rule];
    }

    boolean isLoop(int state) {
        return loopOf[state] >= 0;
    }

    Loop loop(int state) {
        return loops.get(loopOf[state]);
    }

    /** Whether a state has an edge that reads a symbol. */
    boolean reads(int state) {
        return reads[state];
    }

    int firstEdge(int state) {
        return first[state];
    }

    int endOfEdges(int state) {
        return first[state + 1];
    }

    int low(int edge) {
        return edges.low.get(edge);
    }

    int high(int edge) {
        return edges.high.get(edge);
    }

    int to(int edge) {
        return edges.to.get(edge);
    }

    int action(int edge) {
        return edges.action.get(edge);
    }

    /** Whether some edge acts on the scope of keys in this way. */
    boolean hasAction(int action) {
        return IntStream.range(0, edges.size()).anyMatch(edge -> (edges.action.get(edge) & action) != 0);
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** The number of classes of symbols that no edge tells apart; symbols below the first cut are class 0. */
    int classes() {
        return cuts.length + 1;
    }

    /** Returns the class of a symbol. */
    int classOf(int symbol) {
        int index = Arrays.binarySearch(cuts, symbol);
        return index >= 0 ? index + 1 : -index - 1;
    }

    /** Returns the smallest symbol of each class. */
    int[] representatives() {
        return IntStream.range(0, classes()).map(this::representative).toArray();
    }

    /** Returns the smallest symbol of a class. */
    int representative(int symbolClass) {
        return symbolClass == 0 ? 0 : cuts[symbolClass - 1];
    }
}
