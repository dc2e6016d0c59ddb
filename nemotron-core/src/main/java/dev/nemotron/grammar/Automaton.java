package dev.nemotron.grammar;

import java.util.HashMap;
import java.util.Map;

/**
 * The deterministic automaton of a network, made as far as it is walked. It has no end for a grammar that nests; when too
 * much of it has been made, it is forgotten and made again where needed. Thread-safe.
 */
final class Automaton {

    /** A symbol that no edge reads. */
    static final int NO_SYMBOL = -1;

    /** Bytes of configurations and frames, about, that are kept. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int BYTES_OF_PLACE = 32;

    private final Network network;
    private final int[] classOfSymbol;
    private final Map<Frame.Content, Configuration> configurations = new HashMap<>();
    private final Map<Frame.Content, Frame> frames = new HashMap<>();
    private final Configuration start;
    private final Configuration dead;
    private final MaskBudget masks = new MaskBudget();
    private int firstId = 1;
    private long bytes;

    Automaton(Network network) {
        this.network = network;
        int symbols = Alphabet.MARKERS + network.alphabet().markerTokens().length;
        classOfSymbol = new int[symbols];
        for (int symbol = 0; symbol < symbols; symbol++) {
            classOfSymbol[symbol] = network.classOf(symbol);
        }
        dead = new Configuration(new int[0], new Frame[0], false, 0);
        Closure closure = new Closure(network, frames, firstId);
        closure.add(network.entry(0), 0, Frame.BOTTOM);
        start = closure.close();
    }

    Network network() {
        return network;
    }

    Configuration start() {
        return start;
    }

    /** What follows where nothing can follow. */
    Configuration dead() {
        return dead;
    }

    MaskBudget masks() {
        return masks;
    }

    /** Returns what follows a symbol; {@link Configuration#dead()} if it cannot follow. */
    Configuration step(Configuration from, int symbol) {
        return symbol == NO_SYMBOL ? dead : stepByClass(from, classOfSymbol[symbol]);
    }

    /** Returns what a symbol does to the scope of keys, after the step has been made. */
    synchronized int action(Configuration from, int symbol) {
        return from.actions[classOfSymbol[symbol]];
    }

    /** Returns what follows a class of symbols. */
    Configuration stepByClass(Configuration from, int symbolClass) {
        if (from.stuck()) {
            return dead;
        }
        Configuration next = from.next[symbolClass];
        return next == null ? make(from, symbolClass) : next;
    }

    private synchronized Configuration make(Configuration from, int symbolClass) {
        int symbol = network.representative(symbolClass);
        Closure closure = new Closure(network, frames, firstId);
        int action = 0;
        for (int place = 0; place < from.size(); place++) {
            int state = from.state(place);
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                if (network.low(edge) >= 0 && network.low(edge) <= symbol && symbol <= network.high(edge)) {
                    closure.add(network.to(edge), 0, from.frame(place));
                    action |= network.action(edge);
                }
            }
        }
        Configuration made = closure.close();
        Configuration next = made.dead() ? dead : interned(made);
        from.actions[symbolClass] = (byte) action;
        from.next[symbolClass] = next;
        return next;
    }

    private Configuration interned(Configuration made) {
        Configuration old = configurations.putIfAbsent(made.content(), made);
        if (old != null) {
            return old;
        }
        bytes += 200 + 5L * network.classes() + (long) BYTES_OF_PLACE * made.size();
        if (bytes > MAX_BYTES) {
            forget();
        }
        return made;
    }

    private void forget() {
        for (Configuration configuration : configurations.values()) {
            java.util.Arrays.fill(configuration.next, null);
            configuration.afterPlainText = null;
            configuration.mask = null;
        }
        java.util.Arrays.fill(start.next, null);
        masks.clear();
        firstId += frames.size();
        configurations.clear();
        frames.clear();
        bytes = 0;
    }
}
