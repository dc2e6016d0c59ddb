package dev.nemotron.bench;

import java.util.List;

/**
 * Two engines measured in turns on the same machine.
 *
 * @param command what measured the peer
 * @param lines one for each test that both did
 * @param remarks what makes the comparison unfair, in words
 */
record Comparison(String command, List<Line> lines, List<String> remarks) {

    Comparison {
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
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
