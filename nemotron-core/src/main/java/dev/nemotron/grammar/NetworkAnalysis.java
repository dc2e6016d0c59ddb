package dev.nemotron.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** What follows from the shape of a network. */
final class NetworkAnalysis {

    private static final int MAX_CHAIN = 1000;

    private final Network network;
    private final IntList reached = new IntList();
    private final int[] seen;
    private int round;

    NetworkAnalysis(Network network) {
        this.network = network;
        this.seen = new int[network.states()];
    }

    /** Tells for each state whether it leads to the end of its rule. */
    boolean[] productive() {
        int states = network.states();
        IntList[] sources = new IntList[states];
        for (int state = 0; state < states; state++) {
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                source(sources, network.to(edge), state);
                if (network.low(edge) == Network.CALL) {
                    source(sources, network.entry(network.high(edge)), state);
                }
            }
            if (network.isLoop(state)) {
                source(sources, network.loop(state).exit(), state);
                source(sources, network.entry(network.loop(state).rule()), state);
            }
        }
        boolean[] productive = new boolean[states];
        IntList work = new IntList();
        productive[Network.FINAL] = true;
        work.add(Network.FINAL);
        while (work.size() > 0) {
            IntList before = sources[work.removeLast()];
            for (int i = 0; before != null && i < before.size(); i++) {
                int state = before.get(i);
                if (!productive[state] && leadsOn(state, productive)) {
                    productive[state] = true;
                    work.add(state);
                }
            }
        }
        return productive;
    }

    private static void source(IntList[] sources, int target, int state) {
        if (sources[target] == null) {
            sources[target] = new IntList();
        }
        sources[target].add(state);
    }

    private boolean leadsOn(int state, boolean[] productive) {
        for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
            boolean body = network.low(edge) != Network.CALL || productive[network.entry(network.high(edge))];
            if (body && productive[network.to(edge)]) {
                return true;
            }
        }
        if (!network.isLoop(state)) {
            return false;
        }
        Network.Loop loop = network.loop(state);
        return productive[loop.exit()] && (loop.min() == 0 || productive[network.entry(loop.rule())]);
    }

    /** Tells for each rule whether it matches the empty text. */
    boolean[] nullable() {
        boolean[] nullable = new boolean[network.rules()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int rule = network.rules() - 1; rule >= 0; rule--) {
                if (!nullable[rule] && readsNothing(network.entry(rule), nullable, new BitSet())) {
                    nullable[rule] = true;
                    changed = true;
                }
            }
        }
        return nullable;
    }

    /** Tells whether a rule's end can be reached without text; rules that are called on the way are added to a set. */
    private boolean readsNothing(int from, boolean[] nullable, BitSet called) {
        round++;
        reach(from);
        while (reached.size() > 0) {
            int state = reached.removeLast();
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                boolean call = network.low(edge) == Network.CALL;
                if (call) {
                    called.set(network.high(edge));
                }
                if (network.low(edge) == Network.EPSILON || (call && nullable[network.high(edge)])) {
                    reach(network.to(edge));
                }
            }
            if (network.isLoop(state)) {
                Network.Loop loop = network.loop(state);
                called.set(loop.rule());
                if (loop.min() == 0 || nullable[loop.rule()]) {
                    reach(loop.exit());
                }
            }
        }
        return seen[Network.FINAL] == round;
    }

    private void reach(int state) {
        if (seen[state] != round) {
            seen[state] = round;
            reached.add(state);
        }
    }

    /**
     * Makes sure that no rule calls itself before any text has been read, which a parser from left to right cannot follow.
     *
     * @param names the rules, for the message
     * @throws IllegalArgumentException if one does, or rules call each other in too long a chain
     */
    void refuseLeftRecursion(List<Rule> names) {
        int rules = network.rules();
        boolean[] nullable = new boolean[rules];
        for (int rule = 0; rule < rules; rule++) {
            nullable[rule] = network.nullable(rule);
        }
        List<BitSet> calls = new ArrayList<>();
        int[] callers = new int[rules];
        for (int rule = 0; rule < rules; rule++) {
            BitSet called = new BitSet();
            readsNothing(network.entry(rule), nullable, called);
            calls.add(called);
            called.stream().forEach(other -> callers[other]++);
        }
        int[] chain = new int[rules];
        Deque<Integer> free = new ArrayDeque<>();
        for (int rule = 0; rule < rules; rule++) {
            if (callers[rule] == 0) {
                free.add(rule);
            }
        }
        while (!free.isEmpty()) {
            int rule = free.remove();
            calls.get(rule).stream().forEach(other -> {
                chain[other] = Math.max(chain[other], chain[rule] + 1);
                if (--callers[other] == 0) {
                    free.add(other);
                }
            });
        }
        for (int rule = 0; rule < rules; rule++) {
            if (callers[rule] > 0) {
                throw new IllegalArgumentException(
                        "the rule \"" + names.get(rule).name()
                                + "\" is, or leads to, one that calls itself before any text (left recursion)");
            }
            if (chain[rule] > MAX_CHAIN) {
                throw new IllegalArgumentException("more than " + MAX_CHAIN + " rules begin with one another");
            }
        }
    }
}
