package dev.nemotron.grammar;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of a text so far: the states that the automaton may be in, each with the frame to go on from at the end of
 * its rule. Immutable but for what has been found out about it, which threads may find out twice.
 */
final class Configuration {

    private final int[] states;
    private final Frame[] frames;
    private final boolean complete;

    /** What follows each class of symbols, as far as it has been asked for. */
    final @Nullable Configuration[] next;

    /** What happens to the scope of keys on the way there, see {@link KeyScope}. */
    final byte[] actions;

    /** The tokens that can follow, or null. */
    volatile @Nullable TokenMask mask;

    /** Where a character of plain text leads, or null if not known; see {@link PlainText}. */
    volatile Configuration @Nullable [] afterPlainText;

    Configuration(int[] states, Frame[] frames, boolean complete, int classes) {
        this.states = states;
        this.frames = frames;
        this.complete = complete;
        this.next = new Configuration[classes];
        this.actions = new byte[classes];
    }

    int size() {
        return states.length;
    }

    int state(int place) {
        return states[place];
    }

    Frame frame(int place) {
        return frames[place];
    }

    /** Whether the text may end here. */
    boolean complete() {
        return complete;
    }

    /** Whether nothing can follow. */
    boolean stuck() {
        return states.length == 0;
    }

    /** Whether no sentence begins with the text. */
    boolean dead() {
        return states.length == 0 && !complete;
    }

    Frame.Content content() {
        int[] flat = new int[2 * states.length + 1];
        for (int i = 0; i < states.length; i++) {
            flat[2 * i] = states[i];
            flat[2 * i + 1] = frames[i].id();
        }
        flat[flat.length - 1] = complete ? 1 : 0;
        return new Frame.Content(flat);
    }
}
