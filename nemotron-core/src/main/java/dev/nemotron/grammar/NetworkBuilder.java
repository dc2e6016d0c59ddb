package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns expressions into the states and edges of a {@link Network}, from the end to the beginning of each. */
final class NetworkBuilder {

    private static final int MAX_RULES = 20_000;
    private static final int MAX_DEPTH = 400;
    private static final int MAX_UNROLLED = 64;
    private static final int LARGE = 1000;

    /** Sets of so many ranges are a rule, lest their bytes be laid out wherever they are used. */
    private static final int MANY_RANGES = 16;

    private final Alphabet alphabet;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Rule, Integer> indices = new HashMap<>();
    private final NetworkDraft draft;
    private final Map<CodePoints, Rule> largeSets = new HashMap<>();
    private int depth;

    private NetworkBuilder(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.draft = new NetworkDraft(alphabet);
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
        Network whole = builder.draft.network(entries.toArray());
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
                int from = draft.state();
                draft.read(from, mark.character(), mark.character(), next, mark.action());
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
            int from = draft.state();
            draft.read(from, spelled[i], spelled[i], at, 0);
            at = from;
        }
        return at;
    }

    private int chars(CodePoints set, int next) {
        int from = draft.state();
        if (alphabet.bytes() && next == Network.FINAL) {
            utf8(set, from, next);
        } else {
            chars(set, from, next);
        }
        return from;
    }

    private void chars(CodePoints set, int from, int next) {
        if (!alphabet.bytes()) {
            for (int range = 0; range < set.ranges(); range++) {
                draft.read(from, set.low(range), set.high(range), next, 0);
            }
            return;
        }
        if (set.ranges() > MANY_RANGES) {
            draft.epsilon(from, call(index(largeSets.computeIfAbsent(set, NetworkBuilder::largeSet)), next));
        } else {
            utf8(set, from, next);
        }
    }

    private static Rule largeSet(CodePoints set) {
        Rule rule = new Rule("characters");
        rule.define(new Expression.Chars(set));
        return rule;
    }

    private void utf8(CodePoints set, int from, int next) {
        Map<Long, Integer> shared = new HashMap<>();
        Utf8Ranges.cut(set, (low, high, length) -> {
            int to = next;
            for (int i = length - 1; i > 0; i--) {
                int target = to;
                long key = (long) to << 16 | low[i] << 8 | high[i];
                int first = low[i];
                int last = high[i];
                to = shared.computeIfAbsent(key, k -> {
                    int state = draft.state();
                    draft.read(state, first, last, target, 0);
                    return state;
                });
            }
            draft.read(from, low[0], high[0], to, 0);
        });
    }

    private int choice(List<Expression> options, int next) {
        if (options.size() == 1) {
            return add(options.getFirst(), next);
        }
        int from = draft.state();
        for (Expression option : options) {
            draft.epsilon(from, add(option, next));
        }
        return from;
    }

    private int call(int rule, int next) {
        int from = draft.state();
        draft.call(from, rule, next);
        return from;
    }

    private int marker(String text, int next) {
        int symbol = alphabet.marker(text);
        if (symbol < 0) {
            return symbols(text, next);
        }
        int from = draft.state();
        draft.read(from, symbol, symbol, next, 0);
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
            at = draft.state();
            draft.epsilon(at, next);
            draft.epsilon(at, add(body, at));
        }
        for (int i = repeat.min(); repeat.max() != Expression.UNBOUNDED && i < repeat.max(); i++) {
            int from = draft.state();
            draft.epsilon(from, next);
            draft.epsilon(from, add(body, at));
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
        int from = draft.state();
        draft.loop(from, new Network.Loop(index(body), repeat.min(), repeat.max(), next));
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
            states[q] = draft.state();
            if (dfa.accepts(q)) {
                draft.epsilon(states[q], next);
            }
        }
        for (int q = 0; q < states.length; q++) {
            for (Map.Entry<Integer, CodePoints> edge : dfa.edges(q).entrySet()) {
                int to = states[edge.getKey()];
                if (words.quoted()) {
                    draft.epsilon(states[q], add(JsonText.quoted(edge.getValue()), to));
                } else {
                    chars(edge.getValue(), states[q], to);
                }
            }
        }
        return states.length == 0 ? draft.state() : states[0];
    }

    private int literals(List<String> texts, int next) {
        Map<Long, Integer> children = new HashMap<>();
        int root = draft.state();
        for (String text : texts) {
            int at = root;
            for (int symbol : spelled(text)) {
                int from = at;
                at = children.computeIfAbsent((long) at << 32 | symbol, key -> {
                    int child = draft.state();
                    draft.read(from, symbol, symbol, child, 0);
                    return child;
                });
            }
            draft.epsilon(at, next);
        }
        return root;
    }

    private int graph(Expression.Graph graph, int next) {
        int[] states = new int[graph.nodes()];
        for (int node = 0; node < states.length; node++) {
            states[node] = node == states.length - 1 ? next : draft.state();
        }
        for (Expression.Arc arc : graph.arcs()) {
            draft.epsilon(states[arc.from()], add(arc.label(), states[arc.to()]));
        }
        return states[0];
    }
}
