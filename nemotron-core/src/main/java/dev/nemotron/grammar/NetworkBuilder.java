package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns expressions into the states and edges of a {@link Network}, from the end to the beginning of each. */
final class NetworkBuilder {

    private static final int MAX_STATES = 400_000;
    private static final int MAX_RULES = 20_000;
    private static final int MAX_DEPTH = 400;
    private static final int MAX_UNROLLED = 64;
    private static final int LARGE = 1000;

    private final Alphabet alphabet;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Rule, Integer> indices = new HashMap<>();
    private final List<Network.Loop> loops = new ArrayList<>();
    private final IntList loopOf = new IntList();
    private final IntList lastEdge = new IntList();
    private final IntList previous = new IntList();
    private final Network.Edges edges = new Network.Edges();
    private int depth;

    private NetworkBuilder(Alphabet alphabet) {
        this.alphabet = alphabet;
        state();
    }

    /**
     * Builds a network.
     *
     * @throws IllegalArgumentException if it gets too large, a rule calls itself before any text, or no text matches
     */
    static Network build(Expression start, Alphabet alphabet) {
        NetworkBuilder builder = new NetworkBuilder(alphabet);
        Rule root = new Rule("root");
        root.define(start);
        builder.index(root);
        IntList entries = new IntList();
        for (int rule = 0; rule < builder.rules.size(); rule++) {
            entries.add(builder.add(builder.rules.get(rule).body(), Network.FINAL));
        }
        Network whole = new Network(
                builder.sorted(),
                builder.firstEdges(),
                entries.toArray(),
                builder.loopOf.toArray(),
                List.copyOf(builder.loops),
                alphabet);
        NetworkAnalysis analysis = new NetworkAnalysis(whole);
        boolean[] productive = analysis.productive();
        if (!productive[whole.entry(0)]) {
            return Network.nothing(alphabet);
        }
        Network network = whole.restrictedTo(productive);
        new NetworkAnalysis(network).refuseLeftRecursion(builder.rules);
        return network;
    }

    private int index(Rule rule) {
        Integer known = indices.putIfAbsent(rule, rules.size());
        if (known != null) {
            return known;
        }
        if (rules.size() >= MAX_RULES) {
            throw new IllegalArgumentException("the grammar is too large: more than " + MAX_RULES + " rules");
        }
        rules.add(rule);
        return rules.size() - 1;
    }

    private int state() {
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

    /** An edge for the symbols of a range that a text can go on from. */
    private void symbols(int from, int low, int high, int to, int action) {
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

    private void epsilon(int from, int to) {
        edge(from, Network.EPSILON, 0, to, 0);
    }

    /** Adds what leads through an expression to a state, and returns where that begins. */
    private int add(Expression expression, int next) {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the grammar is nested more than " + MAX_DEPTH + " levels deep");
        }
        int entry = switch (expression) {
            case Expression.Text text -> symbols(text.text(), next);
            case Expression.Chars chars -> chars(chars.set(), next);
            case Expression.Sequence sequence -> {
                int at = next;
                for (Expression part : sequence.parts().reversed()) {
                    at = add(part, at);
                }
                yield at;
            }
            case Expression.Choice choice -> choice(choice.options(), next);
            case Expression.Repeat repeat -> repeat(repeat, next);
            case Expression.Call call -> call(index(call.rule()), next);
            case Expression.Marker marker -> marker(marker.text(), next);
            case Expression.Words words -> words(words, next);
            case Expression.Literals literals -> literals(literals.texts(), next);
            case Expression.KeyMark mark -> {
                int from = state();
                symbols(from, mark.character(), mark.character(), next, mark.action());
                yield from;
            }
            case Expression.Graph graph -> graph(graph, next);
        };
        depth--;
        return entry;
    }

    private int[] spelled(String text) {
        if (!alphabet.bytes()) {
            return text.codePoints().toArray();
        }
        byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int[] symbols = new int[utf8.length];
        Arrays.setAll(symbols, i -> utf8[i] & 0xff);
        return symbols;
    }

    private int symbols(String text, int next) {
        int[] spelled = spelled(text);
        int at = next;
        for (int i = spelled.length - 1; i >= 0; i--) {
            int from = state();
            symbols(from, spelled[i], spelled[i], at, 0);
            at = from;
        }
        return at;
    }

    private int chars(CodePoints set, int next) {
        int from = state();
        chars(set, from, next);
        return from;
    }

    private void chars(CodePoints set, int from, int next) {
        if (!alphabet.bytes()) {
            for (int range = 0; range < set.ranges(); range++) {
                symbols(from, set.low(range), set.high(range), next, 0);
            }
            return;
        }
        Map<Long, Integer> shared = new HashMap<>();
        Utf8Ranges.cut(set, (low, high, length) -> {
            int to = next;
            for (int i = length - 1; i > 0; i--) {
                int target = to;
                long key = (long) to << 16 | low[i] << 8 | high[i];
                int first = low[i];
                int last = high[i];
                to = shared.computeIfAbsent(key, k -> {
                    int state = state();
                    symbols(state, first, last, target, 0);
                    return state;
                });
            }
            symbols(from, low[0], high[0], to, 0);
        });
    }

    private int choice(List<Expression> options, int next) {
        if (options.size() == 1) {
            return add(options.getFirst(), next);
        }
        int from = state();
        for (Expression option : options) {
            epsilon(from, add(option, next));
        }
        return from;
    }

    private int call(int rule, int next) {
        int from = state();
        edge(from, Network.CALL, rule, next, 0);
        return from;
    }

    private int marker(String text, int next) {
        int symbol = alphabet.marker(text);
        if (symbol < 0) {
            return symbols(text, next);
        }
        int from = state();
        symbols(from, symbol, symbol, next, 0);
        return from;
    }

    private int repeat(Expression.Repeat repeat, int next) {
        Expression body = repeat.body();
        int most = repeat.max() == Expression.UNBOUNDED ? repeat.min() + 1 : repeat.max();
        if (most > 2 && (long) weight(body) * most > MAX_UNROLLED) {
            return loop(repeat, next);
        }
        int at = next;
        if (repeat.max() == Expression.UNBOUNDED) {
            at = state();
            epsilon(at, next);
            epsilon(at, add(body, at));
        }
        for (int i = repeat.min(); repeat.max() != Expression.UNBOUNDED && i < repeat.max(); i++) {
            int from = state();
            epsilon(from, next);
            epsilon(from, add(body, at));
            at = from;
        }
        for (int i = 0; i < repeat.min(); i++) {
            at = add(body, at);
        }
        return at;
    }

    private int loop(Expression.Repeat repeat, int next) {
        Rule body = new Rule("repetition");
        body.define(repeat.body());
        int from = state();
        loopOf.set(from, loops.size());
        loops.add(new Network.Loop(index(body), repeat.min(), repeat.max(), next));
        return from;
    }

    /** About how many states an expression needs. */
    private static int weight(Expression expression) {
        return switch (expression) {
            case Expression.Text text -> Math.min(text.text().length(), LARGE);
            case Expression.Chars chars ->
                chars.set().ranges() == 0 || chars.set().high(chars.set().ranges() - 1) < 0x80 ? 1 : 12;
            case Expression.Sequence sequence
            when sequence.parts().size() <= 4 ->
                sequence.parts().stream().mapToInt(NetworkBuilder::weight).sum();
            default -> LARGE;
        };
    }

    private int words(Expression.Words words, int next) {
        Dfa dfa = words.dfa();
        int[] states = new int[dfa.states()];
        for (int q = 0; q < states.length; q++) {
            states[q] = state();
            if (dfa.accepts(q)) {
                epsilon(states[q], next);
            }
        }
        for (int q = 0; q < states.length; q++) {
            for (Map.Entry<Integer, CodePoints> edge : dfa.edges(q).entrySet()) {
                int to = states[edge.getKey()];
                if (words.quoted()) {
                    epsilon(states[q], add(JsonText.quoted(edge.getValue()), to));
                } else {
                    chars(edge.getValue(), states[q], to);
                }
            }
        }
        return states.length == 0 ? state() : states[0];
    }

    private int literals(List<String> texts, int next) {
        Map<Long, Integer> children = new HashMap<>();
        int root = state();
        for (String text : texts) {
            int at = root;
            for (int symbol : spelled(text)) {
                int from = at;
                at = children.computeIfAbsent((long) at << 32 | symbol, key -> {
                    int child = state();
                    symbols(from, symbol, symbol, child, 0);
                    return child;
                });
            }
            epsilon(at, next);
        }
        return root;
    }

    private int graph(Expression.Graph graph, int next) {
        int[] states = new int[graph.nodes()];
        for (int node = 0; node < states.length; node++) {
            states[node] = node == states.length - 1 ? next : state();
        }
        for (Expression.Arc arc : graph.arcs()) {
            epsilon(states[arc.from()], add(arc.label(), states[arc.to()]));
        }
        return states[0];
    }

    private int[] firstEdges() {
        int[] first = new int[loopOf.size() + 1];
        for (int state = 0; state < loopOf.size(); state++) {
            first[state + 1] = first[state];
            for (int edge = lastEdge.get(state); edge >= 0; edge = previous.get(edge)) {
                first[state + 1]++;
            }
        }
        return first;
    }

    private Network.Edges sorted() {
        Network.Edges sorted = new Network.Edges();
        for (int state = 0; state < loopOf.size(); state++) {
            for (int edge = lastEdge.get(state); edge >= 0; edge = previous.get(edge)) {
                sorted.add(edges, edge);
            }
        }
        return sorted;
    }
}
