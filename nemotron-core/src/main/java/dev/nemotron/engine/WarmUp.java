package dev.nemotron.engine;

import dev.nemotron.engine.SpeedProbe.Context;
import dev.nemotron.engine.SpeedProbe.Decoding;
import java.time.Duration;

/**
 * Computes random tokens on sequences that are thrown away, so that the first answers do not wait for the JIT compiler and
 * for weights that are still on disk. Goes on in rounds until they stop getting faster.
 */
final class WarmUp {

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    /** Long enough for every row of a prefill kernel's tile, short enough for a cold start. */
    private static final int PROMPT_TOKENS = 32;

    /** How many sequences are decoded at once, since a few rows have kernels of their own. */
    private static final int[] SEQUENCES = {1, 2, 4};

    /** A round of a small model repeats its work for so long, else one round would tell nothing. */
    private static final long ROUND_NANOS = 100_000_000;

    /** Rounds without progress that end the warm-up: compilation goes on beside them and may yet come through. */
    private static final int IDLE_ROUNDS = 3;

    /** The gain in speed that counts as progress. */
    private static final double PROGRESS = 1.1;

    private final SpeedProbe probe;
    private final int maxSequences;
    private final double[] best = new double[2 + SEQUENCES.length];
    private long deadline;

    WarmUp(SpeedProbe probe, int maxSequences) {
        this.probe = probe;
        this.maxSequences = maxSequences;
    }

    /**
     * Warms up.
     *
     * @param limit the time after which no further step begins
     * @return the steps of one generated token that it ended with, in tokens per second; 0 if there was no time for any
     */
    double run(Duration limit) {
        long begin = System.nanoTime();
        deadline = begin + limit.toNanos();
        int rounds = 0;
        for (int idle = 0; idle < IDLE_ROUNDS && timeLeft(); rounds++) {
            idle = round() ? 0 : idle + 1;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "warmed up in {0} ms, {1} rounds: prompts {2,number,0.0}, answers {3,number,0.0} tokens/s",
                (System.nanoTime() - begin) / 1_000_000,
                rounds,
                best[0],
                best[2]);
        return best[2];
    }

    private boolean timeLeft() {
        return deadline - System.nanoTime() > 0;
    }

    /** Runs everything once and says whether anything became faster. */
    private boolean round() {
        boolean progress = false;
        try (Context start = probe.begin()) {
            progress |= decode(start, 0);
            progress |= prefill(start, false);
            progress |= prefill(start, true);
            for (int i = 1; i < SEQUENCES.length && SEQUENCES[i] <= maxSequences; i++) {
                progress |= decode(start, i);
            }
        }
        return progress;
    }

    /** Long prompts have kernels of their own, for which a short one will do here. */
    private boolean prefill(Context start, boolean isLong) {
        long nanos = 0;
        int tokens = 0;
        while (nanos < ROUND_NANOS && timeLeft()) {
            try (Context prompt = start.fork()) {
                nanos += probe.prefill(prompt, PROMPT_TOKENS, isLong);
                tokens += PROMPT_TOKENS;
            }
        }
        return improves(isLong ? 1 : 0, tokens, nanos);
    }

    private boolean decode(Context start, int size) {
        long nanos = 0;
        int tokens = 0;
        try (Decoding decoding = probe.decode(start, SEQUENCES[size])) {
            while (nanos < ROUND_NANOS && timeLeft()) {
                nanos += decoding.step();
                tokens += SEQUENCES[size];
            }
        }
        return improves(2 + size, tokens, nanos);
    }

    private boolean improves(int kind, int tokens, long nanos) {
        double speed = tokens == 0 ? 0 : tokens * 1e9 / nanos;
        boolean better = speed > best[kind] * PROGRESS;
        best[kind] = Math.max(best[kind], speed);
        return better;
    }
}
