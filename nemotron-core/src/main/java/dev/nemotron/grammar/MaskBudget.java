package dev.nemotron.grammar;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bounds the masks that a grammar keeps; the oldest go first. Thread-safe. */
final class MaskBudget {

    private static final long MAX_BYTES = 32L << 20;

    private record Kept(Configuration configuration, long bytes) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    synchronized void keep(Configuration configuration, TokenMask mask) {
        configuration.mask = mask;
        kept.add(new Kept(configuration, mask.bytes()));
        bytes += mask.bytes();
        while (bytes > MAX_BYTES) {
            Kept oldest = kept.remove();
            oldest.configuration().mask = null;
            bytes -= oldest.bytes();
        }
    }

    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }
}
