package dev.nemotron.sampling;

import dev.nemotron.Sampling;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one sequence. Owns the sequence's history and its scratch, so that a choice allocates nothing
 * once the scratch has its size. For one thread at a time.
 *
 * <p>A choice depends on the settings, the logits, the history, the number of the sequence and the step, and on nothing
 * else: neither on threads nor on other sequences.
 */
public final class Sampler {

    private final Sampling sampling;
    private final int vocabulary;
    private final long seed;
    private final long sequence;
    private final int[] stopTokens;
    private final TokenHistory history = new TokenHistory();
    private final DryPenalty dry;
    private final Candidates candidates = new Candidates();
    private final float[] scratch;
    private final int[] biasedTokens;
    private final float[] biases;

    /**
     * A sampler for a sequence that has no tokens yet.
     *
     * @param sampling the settings
     * @param vocabulary the number V of logits
     * @param sequence which sequence of the seed this is, for example the index of an answer
     * @param stopTokens the ids that end an answer, which {@link Sampling#minTokens} holds off
     * @throws IllegalArgumentException if a token of the settings or {@code stopTokens} is not in the vocabulary
     */
    public Sampler(Sampling sampling, int vocabulary, long sequence, int... stopTokens) {
        this.sampling = sampling;
        this.vocabulary = vocabulary;
        this.seed = sampling.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
        this.sequence = sequence;
        this.stopTokens = stopTokens.clone();
        this.dry = new DryPenalty(sampling.dry());
        this.scratch = new float[vocabulary];
        int size = sampling.logitBias().size() + sampling.bannedTokens().size();
        this.biasedTokens = new int[size];
        this.biases = new float[size];
        int at = 0;
        for (Map.Entry<Integer, Double> bias : sampling.logitBias().entrySet()) {
            biasedTokens[at] = inVocabulary("logitBias", bias.getKey());
            biases[at++] = bias.getValue().floatValue();
        }
        for (int token : sampling.bannedTokens()) {
            biasedTokens[at] = inVocabulary("bannedTokens", token);
            biases[at++] = Float.NEGATIVE_INFINITY;
        }
        for (int token : stopTokens) {
            inVocabulary("stopTokens", token);
        }
    }

    private int inVocabulary(String option, int token) {
        if (token < 0 || token >= vocabulary) {
            throw new IllegalArgumentException(
                    option + " has the token " + token + ", but the vocabulary ends at " + (vocabulary - 1));
        }
        return token;
    }

    /**
     * The history that penalties look at. Whoever accepts a token appends it here, and takes it back if it is undone.
     *
     * @return the history, live
     */
    public TokenHistory history() {
        return history;
    }

    /**
     * Chooses a token.
     *
     * @param logits floats [V]; not changed
     * @param allowed one bit for each token, set where a grammar lets it pass; null for all
     * @param step the position in the sequence, which picks the random numbers
     * @return the token's id
     * @throws IllegalArgumentException if the sizes do not fit
     * @throws IllegalStateException if no token is left
     */
    public int sample(MemorySegment logits, long @Nullable [] allowed, long step) {
        if (logits.byteSize() != (long) vocabulary * Float.BYTES) {
            throw new IllegalArgumentException(
                    "logits must have " + vocabulary + " floats, found " + logits.byteSize() + " bytes");
        }
        MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, scratch, 0, vocabulary);
        return choose(allowed, step);
    }

    /**
     * Chooses a token.
     *
     * @param logits [V]; not changed
     * @param allowed as for {@link #sample(MemorySegment, long[], long)}
     * @param step as for {@link #sample(MemorySegment, long[], long)}
     * @return the token's id
     * @throws IllegalArgumentException if the sizes do not fit
     * @throws IllegalStateException if no token is left
     */
    public int sample(float[] logits, long @Nullable [] allowed, long step) {
        if (logits.length != vocabulary) {
            throw new IllegalArgumentException("logits must have " + vocabulary + " floats, found " + logits.length);
        }
        System.arraycopy(logits, 0, scratch, 0, vocabulary);
        return choose(allowed, step);
    }

    private int choose(long @Nullable [] allowed, long step) {
        if (allowed != null) {
            mask(allowed);
        }
        adjust();
        int best = best();
        if (sampling.greedy()) {
            return best;
        }
        float highest = scratch[best];
        if (highest == Float.POSITIVE_INFINITY) {
            return best;
        }
        if (sampling.topNSigma() > 0) {
            cutBySigma(highest);
        }
        candidates.fill(scratch, highest, sampling.temperature(), sampling.topK());
        truncate(step);
        return candidates.draw(CounterRandom.uniform(seed, sequence, step, 0));
    }

    private void mask(long[] allowed) {
        if (allowed.length < (vocabulary + Long.SIZE - 1) / Long.SIZE) {
            throw new IllegalArgumentException("allowed must have a bit for each of " + vocabulary + " tokens, found "
                    + allowed.length + " words");
        }
        for (int token = 0; token < vocabulary; token++) {
            if ((allowed[token >> 6] >>> token & 1) == 0) {
                scratch[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Biases, bans and penalties. */
    private void adjust() {
        for (int i = 0; i < biasedTokens.length; i++) {
            scratch[biasedTokens[i]] += biases[i];
        }
        if (history.generatedLength() < sampling.minTokens()) {
            for (int token : stopTokens) {
                scratch[token] = Float.NEGATIVE_INFINITY;
            }
        }
        boolean penalties = sampling.repetitionPenalty() != 1
                || sampling.frequencyPenalty() != 0
                || sampling.presencePenalty() != 0;
        if (penalties) {
            history.penalise(scratch, sampling);
        }
        if (sampling.dry().multiplier() > 0) {
            dry.apply(scratch, history);
        }
    }

    /** The token of the highest logit, the lowest id among equals; NaN counts as lowest. */
    private int best() {
        int best = -1;
        float highest = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < vocabulary; token++) {
            if (scratch[token] > highest) {
                highest = scratch[token];
                best = token;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("no token is left to choose from: all are masked, banned or not a number");
        }
        return best;
    }

    private void cutBySigma(float highest) {
        double sum = 0;
        int finite = 0;
        for (float logit : scratch) {
            if (Float.isFinite(logit)) {
                sum += logit;
                finite++;
            }
        }
        double mean = sum / finite;
        double squares = 0;
        for (float logit : scratch) {
            squares += Float.isFinite(logit) ? (logit - mean) * (logit - mean) : 0;
        }
        double border = highest - sampling.topNSigma() * Math.sqrt(squares / finite);
        for (int token = 0; token < vocabulary; token++) {
            if (scratch[token] < border) {
                scratch[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private void truncate(long step) {
        if (sampling.topP() < 1) {
            candidates.topP(sampling.topP());
        }
        if (sampling.minP() > 0) {
            candidates.minP(sampling.minP());
        }
        if (sampling.typicalP() < 1) {
            candidates.typical(sampling.typicalP());
        }
        Sampling.Xtc xtc = sampling.xtc();
        if (xtc.probability() > 0 && CounterRandom.uniform(seed, sequence, step, 1) < xtc.probability()) {
            candidates.excludeTopChoices(xtc.threshold());
        }
    }
}
