package dev.nemotron.grammar;

import java.util.Arrays;
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

    /** What has been found to follow edges to some states. */
    private final Map<Frame.Content, Configuration> closures = new HashMap<>();

    private final Configuration start;
    private final Configuration dead;
    private final MaskBudget masks = new MaskBudget();
    private final ShortestEnd shortestEnd;
    private int firstId = 1;
    private long bytes;
    private long work;

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
        shortestEnd = new ShortestEnd(network);
    }

    ShortestEnd shortestEnd() {
        return shortestEnd;
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
        IntList targets = new IntList();
        int action = 0;
        for (int place = 0; place < from.size(); place++) {
            int state = from.state(place);
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                if (network.low(edge) >= 0 && network.low(edge) <= symbol && symbol <= network.high(edge)) {
                    targets.add(network.to(edge));
                    targets.add(place);
                    action |= network.action(edge);
                }
            }
        }
        Configuration next = targets.size() == 0 ? dead : closed(from, targets);
        from.actions[symbolClass] = (byte) action;
        from.next[symbolClass] = next;
        return next;
    }

    /** Finds what follows every class of symbols, in one pass over the edges; for automata that are made as a whole. */
    synchronized void expand(Configuration from) {
        IntList[] targets = new IntList[network.classes()];
        for (int place = 0; place < from.size(); place++) {
            int state = from.state(place);
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                int last = network.low(edge) < 0 ? -1 : network.classOf(network.high(edge));
                for (int symbolClass = network.classOf(network.low(edge)); symbolClass <= last; symbolClass++) {
                    if (targets[symbolClass] == null) {
                        targets[symbolClass] = new IntList();
                    }
                    targets[symbolClass].add(network.to(edge));
                    targets[symbolClass].add(place);
                }
            }
        }
        for (int symbolClass = 0; symbolClass < targets.length; symbolClass++) {
            IntList here = targets[symbolClass];
            from.next[symbolClass] = here == null ? dead : closed(from, here);
            work += here == null ? 0 : here.size() / 16;
        }
    }

    /** Returns what the network is in after edges to some states, each with the place of the frame that it keeps. */
    private Configuration closed(Configuration from, IntList targets) {
        int[] seeds = targets.toArray();
        for (int i = 1; i < seeds.length; i += 2) {
            seeds[i] = from.frame(seeds[i]).id();
        }
        Frame.Content key = new Frame.Content(seeds);
        Configuration known = closures.get(key);
        if (known == null) {
            Closure closure = new Closure(network, frames, firstId);
            for (int i = 0; i < seeds.length; i += 2) {
                closure.add(seeds[i], 0, from.frame(targets.get(i + 1)));
            }
            known = interned(closure.close());
            work += closure.work();
            closures.put(key, known);
            bytes += 100 + 4L * seeds.length;
        }
        return known;
    }

    /** Returns how much has been done so far, in states and frames looked at. */
    synchronized long work() {
        return work;
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
            Arrays.fill(configuration.next, null);
            configuration.afterPlainText = null;
            configuration.mask = null;
        }
        Arrays.fill(start.next, null);
        masks.clear();
        firstId += frames.size();
        configurations.clear();
        frames.clear();
        closures.clear();
        bytes = 0;
    }
}
