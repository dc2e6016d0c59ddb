package dev.nemotron.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds every state that a network can be in after a symbol. Calls of the same rule at the same place of the text share one
 * frame, so that the work is polynomial for every grammar, as with an Earley parser. For one place of the text.
 */
final class Closure {

    private static final int MAX_ITEMS = 1 << 16;

    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::state)
            .thenComparingInt(Place::count)
            .thenComparingInt(place -> place.frame().id());

    /** Where a rule goes on when it ends. */
    sealed interface Context permits Frame, Pending {}

    /** A frame in the making, of a rule that begins here. */
    private static final class Pending implements Context {
        private final List<Item> returns = new ArrayList<>();
        private final List<Context> sameAs = new ArrayList<>();
        private @Nullable Frame frame;
    }

    private record Item(int state, int count, Context context) {}

    private record Place(int state, int count, Frame frame) {}

    private final Network network;
    private final Map<Frame.Content, Frame> known;
    private final int firstId;
    private final Set<Item> seen = new HashSet<>();
    private final Deque<Item> work = new ArrayDeque<>();
    private final Map<Integer, Pending> begun = new HashMap<>();
    private boolean complete;
    private int framePlaces;

    /**
     * Opens a closure.
     *
     * @param known the frames of the automaton, to which new ones are added
     * @param firstId the id of the next new frame
     */
    Closure(Network network, Map<Frame.Content, Frame> known, int firstId) {
        this.network = network;
        this.known = known;
        this.firstId = firstId;
    }

    /** Adds a state. */
    void add(int state, int count, Context context) {
        Item item = new Item(state, count, context);
        if (seen.add(item)) {
            if (seen.size() > MAX_ITEMS) {
                throw new IllegalArgumentException(
                        "the grammar is too ambiguous: a text can be read in more than " + MAX_ITEMS + " ways");
            }
            work.add(item);
        }
    }

    /** Follows everything that reads nothing, and returns what the network is in then. */
    Configuration close() {
        List<Item> reading = new ArrayList<>();
        for (Item item = work.poll(); item != null; item = work.poll()) {
            if (item.state() == Network.FINAL) {
                end(item.context());
            } else {
                follow(item);
                if (network.reads(item.state())) {
                    reading.add(item);
                }
            }
        }
        Set<Place> places = new TreeSet<>(ORDER);
        for (Item item : reading) {
            places.add(new Place(item.state(), 0, frame(item.context())));
        }
        int[] states = places.stream().mapToInt(Place::state).toArray();
        Frame[] frames = places.stream().map(Place::frame).toArray(Frame[]::new);
        return new Configuration(states, frames, complete, network.classes());
    }

    /** Returns how much has been done, in states and places of frames looked at. */
    int work() {
        return seen.size() + framePlaces;
    }

    private void end(Context context) {
        // A rule that begins and ends here has read nothing, and whoever calls such a rule goes on by itself.
        if (context instanceof Frame frame) {
            complete |= frame.bottom();
            for (int place = 0; place < frame.size(); place++) {
                add(frame.state(place), frame.count(place), frame.parent(place));
            }
        }
    }

    private void follow(Item item) {
        if (network.isLoop(item.state())) {
            follow(item, network.loop(item.state()));
        }
        for (int edge = network.firstEdge(item.state()); edge < network.endOfEdges(item.state()); edge++) {
            if (network.low(edge) == Network.EPSILON) {
                add(network.to(edge), 0, item.context());
            } else if (network.low(edge) == Network.CALL) {
                call(network.high(edge), network.to(edge), 0, item.context());
                if (network.nullable(network.high(edge))) {
                    add(network.to(edge), 0, item.context());
                }
            }
        }
    }

    private void follow(Item item, Network.Loop loop) {
        boolean endless = loop.max() == Expression.UNBOUNDED;
        if (endless || item.count() < loop.max()) {
            int count = endless ? Math.min(item.count() + 1, loop.min()) : item.count() + 1;
            call(loop.rule(), item.state(), count, item.context());
        }
        if (item.count() >= loop.min() || network.nullable(loop.rule())) {
            add(loop.exit(), 0, item.context());
        }
    }

    private void call(int rule, int state, int count, Context context) {
        Pending pending = begun.get(rule);
        if (pending == null) {
            pending = new Pending();
            begun.put(rule, pending);
            add(network.entry(rule), 0, pending);
        }
        if (state == Network.FINAL) {
            // A last call leaves nothing to come back to; right recursion would pile up frames without end.
            pending.sameAs.add(context);
        } else {
            pending.returns.add(new Item(state, count, context));
        }
    }

    private Frame frame(Context context) {
        return switch (context) {
            case Frame frame -> frame;
            case Pending pending -> {
                Frame frame = pending.frame;
                if (frame == null) {
                    frame = frame(pending);
                    pending.frame = frame;
                }
                yield frame;
            }
        };
    }

    private Frame frame(Pending pending) {
        if (pending.returns.isEmpty() && pending.sameAs.size() == 1) {
            return frame(pending.sameAs.getFirst());
        }
        Set<Place> places = new TreeSet<>(ORDER);
        boolean bottom = false;
        for (Item item : pending.returns) {
            places.add(new Place(item.state(), item.count(), frame(item.context())));
        }
        for (Context same : pending.sameAs) {
            Frame frame = frame(same);
            bottom |= frame.bottom();
            for (int place = 0; place < frame.size(); place++) {
                places.add(new Place(frame.state(place), frame.count(place), frame.parent(place)));
            }
        }
        framePlaces += places.size();
        int[] states = places.stream().mapToInt(Place::state).toArray();
        int[] counts = places.stream().mapToInt(Place::count).toArray();
        Frame[] parents = places.stream().map(Place::frame).toArray(Frame[]::new);
        Frame made = new Frame(firstId + known.size(), states, counts, parents, bottom);
        Frame old = known.putIfAbsent(made.content(), made);
        return old == null ? made : old;
    }
}
