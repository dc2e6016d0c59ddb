package dev.nemotron.engine;

import dev.nemotron.state.SequenceState;
import org.jspecify.annotations.Nullable;

/**
 * The state that a turn of a conversation leaves for the next one. Only the engine's thread touches the state itself; between
 * two turns it waits here.
 */
final class KeptState {

    private @Nullable SequenceState state;
    private boolean closed;

    /** Takes the state out, or null if there is none. */
    synchronized @Nullable SequenceState take() {
        SequenceState taken = state;
        state = null;
        return taken;
    }

    /** Puts the state back at the end of a turn. */
    synchronized void put(SequenceState left) {
        if (closed) {
            left.close();
        } else {
            state = left;
        }
    }

    /** Gives the memory back; a state that is in use is given back by the end of its turn. */
    synchronized void close() {
        closed = true;
        SequenceState left = take();
        if (left != null) {
            left.close();
        }
    }
}
