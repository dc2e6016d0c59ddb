package dev.nemotron.grammar;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Knows how few symbols end a text from any place of an automaton, and which. The distance from a state to the end of its rule
 * is found once for the network, by relaxation until nothing changes; that from a frame to the end of the text, once for each
 * frame. Thread-safe.
 */
final class ShortestEnd {

    private static final int FAR = 1 << 24;

    private final Network network;
    private final int[] toEndOfRule;
    private final Map<Frame, Integer> toEndOfText = new WeakHashMap<>();

    ShortestEnd(Network network) {
        this.network = network;
        this.toEndOfRule = new int[network.states()];
        Arrays.fill(toEndOfRule, FAR);
        toEndOfRule[Network.FINAL] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = 0; state < toEndOfRule.length; state++) {
                int distance = Math.min(toEndOfRule[state], relaxed(state));
                changed |= distance < toEndOfRule[state];
                toEndOfRule[state] = distance;
            }
        }
    }

    private int relaxed(int state) {
        int least = network.isLoop(state) ? ofLoop(state, 0) : FAR;
        for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
            int label = network.low(edge);
            int cost = label >= 0 ? 1 : label == Network.CALL ? toEndOfRule[network.entry(network.high(edge))] : 0;
            least = Math.min(least, cost + toEndOfRule[network.to(edge)]);
        }
        return least;
    }

    /** The distance from a loop whose rule has been read some times. */
    private int ofLoop(int state, int count) {
        Network.Loop loop = network.loop(state);
        long missing = (long) Math.max(0, loop.min() - count) * toEndOfRule[network.entry(loop.rule())];
        return (int) Math.min(FAR, missing + toEndOfRule[loop.exit()]);
    }

    /** The distance from a frame, which is that of the nearest of its places. */
    private synchronized int of(Frame frame) {
        Deque<Frame> open = new ArrayDeque<>();
        open.push(frame);
        while (!open.isEmpty()) {
            Frame next = open.peek();
            int least = next.bottom() ? 0 : FAR;
            boolean known = true;
            for (int place = 0; place < next.size() && !toEndOfText.containsKey(next); place++) {
                Integer parent = toEndOfText.get(next.parent(place));
                if (parent == null) {
                    open.push(next.parent(place));
                    known = false;
                    break;
                }
                int state = next.state(place);
                int own = network.isLoop(state)
                        ? Math.min(ofLoop(state, next.count(place)), toEndOfRule[state])
                        : toEndOfRule[state];
                least = Math.min(least, own + parent);
            }
            if (known) {
                open.pop();
                toEndOfText.putIfAbsent(next, least);
            }
        }
        return toEndOfText.getOrDefault(frame, FAR);
    }

    /** How many symbols, at least, end a text; a large number where it cannot be told. */
    int of(Configuration at) {
        int least = at.complete() ? 0 : FAR;
        for (int place = 0; place < at.size() && least > 0; place++) {
            least = Math.min(least, toEndOfRule[at.state(place)] + of(at.frame(place)));
        }
        return least;
    }

    /** Finds the symbols that end a text as soon as possible; none where that cannot be told. */
    int[] symbols(Configuration from, Automaton automaton) {
        IntList symbols = new IntList();
        Configuration at = from;
        for (int left = of(from); left > 0; left = of(at)) {
            int symbol = left >= FAR ? -1 : towardsEnd(at, left);
            if (symbol < 0) {
                return new int[0];
            }
            symbols.add(symbol);
            at = automaton.step(at, symbol);
        }
        return symbols.toArray();
    }

    private int towardsEnd(Configuration at, int distance) {
        for (int place = 0; place < at.size(); place++) {
            int behind = of(at.frame(place));
            int state = at.state(place);
            for (int edge = network.firstEdge(state); edge < network.endOfEdges(state); edge++) {
                boolean reads = network.low(edge) >= 0;
                if (reads && 1 + toEndOfRule[network.to(edge)] + behind == distance) {
                    return network.low(edge);
                }
            }
        }
        return -1;
    }
}
