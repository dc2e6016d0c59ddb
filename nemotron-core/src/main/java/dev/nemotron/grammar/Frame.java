package dev.nemotron.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where rules that are being read go on when they end: all the places at once, as in a graph-structured stack (M. Tomita,
 * "An Efficient Augmented-Context-Free Parsing Algorithm", 1987). Equal frames of an automaton are one object.
 */
final class Frame implements Closure.Context {

    /** The end of the text. */
    static final Frame BOTTOM = new Frame(0, new int[0], new int[0], new Frame[0], true);

    private final int id;
    private final int[] states;
    private final int[] counts;
    private final Frame[] parents;
    private final boolean bottom;

    /**
     * Makes a frame.
     *
     * @param id tells frames apart
     * @param states where it goes on
     * @param counts how often a loop's rule has been read, where the state is a loop
     * @param parents where the rule of that state goes on when it ends
     * @param bottom whether the text may end, too
     */
    Frame(int id, int[] states, int[] counts, Frame[] parents, boolean bottom) {
        this.id = id;
        this.states = states;
        this.counts = counts;
        this.parents = parents;
        this.bottom = bottom;
    }

    int id() {
        return id;
    }

    int size() {
        return states.length;
    }

    int state(int place) {
        return states[place];
    }

    int count(int place) {
        return counts[place];
    }

    Frame parent(int place) {
        return parents[place];
    }

    boolean bottom() {
        return bottom;
    }

    /** What makes frames the same: everything but the id. */
    Content content() {
        int[] flat = new int[3 * states.length + 1];
        for (int i = 0; i < states.length; i++) {
            flat[3 * i] = states[i];
            flat[3 * i + 1] = counts[i];
            flat[3 * i + 2] = parents[i].id;
        }
        flat[flat.length - 1] = bottom ? 1 : 0;
        return new Content(flat);
    }

    /** Numbers that are compared by value. */
    static final class Content {
        private final int[] numbers;
        private final int hash;

        Content(int[] numbers) {
            this.numbers = numbers;
            this.hash = Arrays.hashCode(numbers);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content content && Arrays.equals(numbers, content.numbers);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
