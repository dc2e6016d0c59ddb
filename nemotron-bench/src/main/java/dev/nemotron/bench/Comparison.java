package dev.nemotron.bench;

import java.util.List;

/**
 * Two engines measured in turns on the same machine.
 *
 * @param command what measured the peer
 * @param lines one for each test that both did
 */
record Comparison(String command, List<Line> lines) {

    Comparison {
        lines = List.copyOf(lines);
    }

    /**
     * One test.
     *
     * @param test {@code prefill} or {@code decode}
     * @param ours our pace
     * @param peer the peer's
     */
    record Line(String test, Speed ours, Speed peer) {

        /** How many times as fast we are. */
        double ratio() {
            return ours.tokensPerSecond() / peer.tokensPerSecond();
        }
    }
}
