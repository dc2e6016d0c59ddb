package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over code points, for algebra on languages of strings: what is in both, what is not in one, whether
 * there is anything. From every state a word can be completed. State 0 is the start; there is none if no word is accepted.
 * Immutable.
 */
final class Dfa {

    /** The most states of an automaton; larger ones are refused. */
    static final int MAX_STATES = 4000;

    /** How many states of its network may be looked at while an automaton is made. */
    private static final int MAX_WORK = 1_000_000;

    /** Something that reads symbols and can be tabulated; its states are compared by value. */
    interface Machine<S> {
        /** Returns the state after a symbol, or null if no word goes on so. */
        @Nullable
        S step(S from, int symbol);

        /** Whether a word may end. */
        boolean accepts(S state);
    }

    private record Pair(int left, int right) {}

    /** The smallest symbol of each class of symbols that are not told apart. */
    private final int[] cuts;

    private final int[][] next;
    private final BitSet accepting;

    private Dfa(int[] cuts, int[][] next, BitSet accepting) {
        this.cuts = cuts;
        this.next = next;
        this.accepting = accepting;
    }

    /**
     * Makes the automaton of an expression without markers and rules.
     *
     * @throws IllegalArgumentException if it has more than {@link #MAX_STATES} states, or is too ambiguous
     */
    static Dfa of(Expression expression) {
        Network network = NetworkBuilder.build(expression, Alphabet.codePoints());
        Automaton automaton = new Automaton(network);
        return explore(automaton.start(), network.representatives(), new Machine<Configuration>() {
            @Override
            public @Nullable Configuration step(Configuration from, int symbol) {
                if (automaton.work() > MAX_WORK) {
                    throw new IllegalArgumentException("too large: there are too many ways to read a text");
                }
                int symbolClass = network.classOf(symbol);
                if (from.next[symbolClass] == null) {
                    automaton.expand(from);
                }
                Configuration next = automaton.stepByClass(from, symbolClass);
                return next.dead() ? null : next;
            }

            @Override
            public boolean accepts(Configuration state) {
                return state.complete();
            }
        });
    }

    /** Tabulates a machine that tells only the symbols at the cuts apart. */
    static <S> Dfa explore(S start, int[] cuts, Machine<S> machine) {
        Map<S, Integer> index = new HashMap<>();
        List<S> states = new ArrayList<>(List.of(start));
        List<int[]> rows = new ArrayList<>();
        BitSet accepting = new BitSet();
        index.put(start, 0);
        int[] sorted = IntStream.concat(IntStream.of(0), Arrays.stream(cuts))
                .distinct()
                .sorted()
                .toArray();
        for (int q = 0; q < states.size(); q++) {
            int[] row = new int[sorted.length];
            for (int symbolClass = 0; symbolClass < sorted.length; symbolClass++) {
                S next = machine.step(states.get(q), sorted[symbolClass]);
                row[symbolClass] = -1;
                if (next != null) {
                    Integer known = index.putIfAbsent(next, states.size());
                    if (known == null) {
                        states.add(next);
                    }
                    row[symbolClass] = known == null ? states.size() - 1 : known;
                }
            }
            accepting.set(q, machine.accepts(states.get(q)));
            rows.add(row);
            if (states.size() > MAX_STATES) {
                throw new IllegalArgumentException("too large: it needs more than " + MAX_STATES + " states");
            }
        }
        return new Dfa(sorted, rows.toArray(int[][]::new), accepting).trimmed();
    }

    private Dfa trimmed() {
        BitSet useful = (BitSet) accepting.clone();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int q = next.length - 1; q >= 0; q--) {
                if (!useful.get(q) && Arrays.stream(next[q]).anyMatch(to -> to >= 0 && useful.get(to))) {
                    useful.set(q);
                    changed = true;
                }
            }
        }
        if (!useful.get(0)) {
            return new Dfa(cuts, new int[0][], new BitSet());
        }
        int[] renumbered = new int[next.length];
        int count = 0;
        for (int q = 0; q < next.length; q++) {
            renumbered[q] = useful.get(q) ? count++ : -1;
        }
        int[][] rows = new int[count][];
        BitSet ends = new BitSet();
        for (int q = 0; q < next.length; q++) {
            if (useful.get(q)) {
                rows[renumbered[q]] = Arrays.stream(next[q])
                        .map(to -> to < 0 ? -1 : renumbered[to])
                        .toArray();
                ends.set(renumbered[q], accepting.get(q));
            }
        }
        return new Dfa(cuts, rows, ends);
    }

    int states() {
        return next.length;
    }

    boolean isEmpty() {
        return next.length == 0;
    }

    boolean accepts(int state) {
        return accepting.get(state);
    }

    /** Returns the state after a symbol, or -1. */
    private int step(int state, int symbol) {
        if (state < 0 || state >= next.length) {
            return -1;
        }
        int found = Arrays.binarySearch(cuts, symbol);
        return next[state][found >= 0 ? found : -found - 2];
    }

    boolean accepts(String word) {
        int state = isEmpty() ? -1 : 0;
        for (int symbol : word.codePoints().toArray()) {
            state = step(state, symbol);
        }
        return state >= 0 && accepting.get(state);
    }

    /** Returns the words that are in both. */
    Dfa and(Dfa other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? this : other;
        }
        int[] common =
                IntStream.concat(Arrays.stream(cuts), Arrays.stream(other.cuts)).toArray();
        return explore(new Pair(0, 0), common, new Machine<Pair>() {
            @Override
            public @Nullable Pair step(Pair from, int symbol) {
                int left = Dfa.this.step(from.left(), symbol);
                int right = other.step(from.right(), symbol);
                return left < 0 || right < 0 ? null : new Pair(left, right);
            }

            @Override
            public boolean accepts(Pair state) {
                return accepting.get(state.left()) && other.accepting.get(state.right());
            }
        });
    }

    /** Returns the words of characters that are not in this one. */
    Dfa not() {
        int[] all = IntStream.concat(Arrays.stream(cuts), IntStream.of(0xD800, 0xE000, CodePoints.BEGIN))
                .toArray();
        return explore(isEmpty() ? -1 : 0, all, new Machine<Integer>() {
            @Override
            public @Nullable Integer step(Integer from, int symbol) {
                boolean character = symbol < 0xD800 || (symbol >= 0xE000 && symbol <= CodePoints.LAST);
                return character ? Dfa.this.step(from, symbol) : null;
            }

            @Override
            public boolean accepts(Integer state) {
                return state < 0 || !accepting.get(state);
            }
        });
    }

    /** Returns the words that this one accepts with a {@link CodePoints#BEGIN} before and an {@link CodePoints#END} after. */
    Dfa betweenAnchors() {
        int begin = step(0, CodePoints.BEGIN);
        if (begin < 0) {
            return new Dfa(cuts, new int[0][], new BitSet());
        }
        int[] all = IntStream.concat(Arrays.stream(cuts), IntStream.of(CodePoints.BEGIN))
                .toArray();
        return explore(begin, all, new Machine<Integer>() {
            @Override
            public @Nullable Integer step(Integer from, int symbol) {
                int to = symbol > CodePoints.LAST ? -1 : Dfa.this.step(from, symbol);
                return to < 0 ? null : to;
            }

            @Override
            public boolean accepts(Integer state) {
                int end = Dfa.this.step(state, CodePoints.END);
                return end >= 0 && accepting.get(end);
            }
        });
    }

    /** Returns the edges of a state: what leads to each other one. */
    Map<Integer, CodePoints> edges(int state) {
        Map<Integer, IntList> pairs = new TreeMap<>();
        for (int symbolClass = 0; symbolClass < cuts.length; symbolClass++) {
            int to = next[state][symbolClass];
            if (to >= 0) {
                IntList ranges = pairs.computeIfAbsent(to, key -> new IntList());
                ranges.add(cuts[symbolClass]);
                ranges.add(symbolClass + 1 < cuts.length ? cuts[symbolClass + 1] - 1 : CodePoints.LAST);
            }
        }
        Map<Integer, CodePoints> edges = new TreeMap<>();
        pairs.forEach((to, ranges) -> edges.put(to, CodePoints.of(ranges.toArray())));
        return edges;
    }

    /** Whether every beginning of a word has words without end, so that a new one can always be found. */
    boolean isOpenEverywhere() {
        return finite().isEmpty();
    }

    /** Whether there are finitely many words. */
    boolean isFinite() {
        return isEmpty() || finite().get(0);
    }

    /** The states from which there are finitely many words. */
    private BitSet finite() {
        BitSet finite = new BitSet();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int q = next.length - 1; q >= 0; q--) {
                if (!finite.get(q) && Arrays.stream(next[q]).allMatch(to -> to < 0 || finite.get(to))) {
                    finite.set(q);
                    changed = true;
                }
            }
        }
        return finite;
    }
}
