package dev.nemotron.engine;

import dev.nemotron.arch.CausalModel;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs single steps for those who time them: what a step of the engine computes, without drawing tokens and making text. The
 * tokens are random, so that different experts are chosen at every step as in use. Runs on the engine's thread.
 */
public final class SpeedProbe {

    private static final long SEED = 42;

    private final CausalModel model;
    private final Backend backend;
    private final int prefillTokens;
    private final Batch batch = new Batch();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final float[] scores;

    SpeedProbe(CausalModel model, Backend backend, int prefillTokens) {
        this.model = model;
        this.backend = backend;
        this.prefillTokens = prefillTokens;
        this.scores = new float[model.vocabularySize()];
    }

    /** A sequence that goes on from where another one stands; confined to the engine's thread. */
    public static final class Context implements AutoCloseable {

        private final SequenceState state;

        private Context(SequenceState state) {
            this.state = state;
        }

        /**
         * Copies the sequence.
         *
         * @return the copy, for the caller to close
         */
        public Context fork() {
            return new Context(state.fork());
        }

        @Override
        public void close() {
            state.close();
        }
    }

    /**
     * Begins a sequence.
     *
     * @return a sequence without tokens, for the caller to close
     */
    public Context begin() {
        return new Context(model.newState());
    }

    /**
     * Computes a prompt of random tokens, in steps as the engine's, and the logits of its last token.
     *
     * @param context where it is appended
     * @param tokens how many
     * @return the time it took in nanoseconds
     */
    public long prefill(Context context, int tokens) {
        return prefill(context, tokens, Batch.isLong(tokens));
    }

    /** Computes a prompt as a long one or a short one, whatever its length. */
    long prefill(Context context, int tokens, boolean isLong) {
        int[] ids = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            ids[i] = random.nextInt(model.vocabularySize());
        }
        long start = System.nanoTime();
        for (int from = 0; from < tokens; from += prefillTokens) {
            int to = Math.min(tokens, from + prefillTokens);
            batch.clear();
            batch.addPiece(context.state, ids, from, to, isLong);
            if (to == tokens) {
                batch.want(to - from - 1);
            }
            model.forward(batch);
        }
        readScores();
        return System.nanoTime() - start;
    }

    /**
     * Prepares steps of one random token for each of several copies of a sequence.
     *
     * @param context where the copies begin; stays as it is
     * @param sequences how many copies
     * @return the steps, for the caller to close
     */
    public Decoding decode(Context context, int sequences) {
        return new Decoding(context.state, sequences);
    }

    /** Several sequences that grow by a token at every step; confined to the engine's thread. */
    public final class Decoding implements AutoCloseable {

        private final List<SequenceState> states = new ArrayList<>();
        private final int[] token = new int[1];

        private Decoding(SequenceState origin, int sequences) {
            for (int s = 0; s < sequences; s++) {
                states.add(origin.fork());
            }
        }

        /**
         * Computes one step and the logits of all sequences.
         *
         * @return the time it took in nanoseconds
         */
        public long step() {
            long start = System.nanoTime();
            batch.clear();
            for (int s = 0; s < states.size(); s++) {
                token[0] = random.nextInt(model.vocabularySize());
                batch.want(batch.add(states.get(s), token, 0, 1, false));
            }
            model.forward(batch);
            readScores();
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            states.forEach(SequenceState::close);
        }
    }

    private void readScores() {
        Buffer logits = model.logits(0, batch.wantedCount());
        for (int i = 0; i < batch.wantedCount(); i++) {
            backend.read(logits, (long) i * scores.length, scores);
        }
    }
}
