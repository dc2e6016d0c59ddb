package dev.nemotron.sampling;

import dev.nemotron.Sampling;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws the tokens of one answer, one after another. Confined to one thread.
 *
 * <p>Order: logit bias, repetition, frequency and presence penalties, temperature, top-k, top-p, min-p, draw. With a seed, the
 * n-th token depends on the seed, n and the logits alone.
 */
public final class Sampler {

    private final Sampling settings;
    private final Penalties penalties;
    private final long seed;
    private final Candidates candidates = new Candidates();
    private final float[] adjusted;
    private long drawn;

    /**
     * Prepares the draws of one answer.
     *
     * @param settings how to draw
     * @param vocabularySize V
     * @param prompt the tokens that went in, for the repetition penalty
     */
    public Sampler(Sampling settings, int vocabularySize, int[] prompt) {
        this.settings = settings;
        this.penalties = new Penalties(settings, vocabularySize, prompt);
        this.adjusted = new float[penalties.active() ? vocabularySize : 0];
        this.seed = settings.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
    }

    /**
     * Draws a token.
     *
     * @param logits the raw scores, [V]; left as they are
     * @return its id
     * @throws IllegalStateException if no score is a number
     */
    public int next(float[] logits) {
        float[] scores = logits;
        if (penalties.active()) {
            System.arraycopy(logits, 0, adjusted, 0, logits.length);
            penalties.apply(adjusted);
            scores = adjusted;
        }
        int likeliest = likeliest(scores);
        int token = settings.temperature() < 1e-5 ? likeliest : draw(scores, scores[likeliest]);
        penalties.generated(token);
        drawn++;
        return token;
    }

    /** The largest score, the lowest id among equals. */
    private static int likeliest(float[] scores) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (best < 0 ? !Float.isNaN(scores[i]) : scores[i] > scores[best]) {
                best = i;
            }
        }
        if (best < 0 || scores[best] == Float.NEGATIVE_INFINITY) {
            throw new IllegalStateException(
                    best < 0
                            ? "the model's scores are not numbers; the checkpoint may be damaged"
                            : "the logit bias forbids every token");
        }
        return best;
    }

    private int draw(float[] scores, float max) {
        double uniform = CounterRandom.uniform(seed, drawn);
        double temperature = settings.temperature();
        if (settings.topK() == 0 && settings.topP() == 1 && settings.minP() == 0) {
            return drawFromAll(scores, max, uniform);
        }
        double total = settings.topK() > 0 || settings.topP() == 1 ? 0 : mass(scores, max);
        double wanted = settings.topP() == 1 ? mustReach(settings.minP()) : settings.topP() * total;
        if (settings.topK() > 0) {
            candidates.select(scores, max, temperature, settings.topK(), Double.POSITIVE_INFINITY);
            wanted = settings.topP() == 1 ? Double.POSITIVE_INFINITY : settings.topP() * candidates.mass();
        } else {
            candidates.select(scores, max, temperature, 0, wanted);
        }
        candidates.truncate(nucleus(wanted));
        candidates.truncate(atLeast(settings.minP()));
        return drawFromCandidates(uniform);
    }

    /** With min-p alone no sum has to be reached, unless the bar lies below what the first attempt collects. */
    private static double mustReach(double minP) {
        return minP >= 1e-4 ? 0 : Double.POSITIVE_INFINITY;
    }

    private double mass(float[] scores, float max) {
        double sum = 0;
        for (float score : scores) {
            if (score > Float.NEGATIVE_INFINITY) {
                sum += Math.exp((score - max) / settings.temperature());
            }
        }
        return sum;
    }

    private int drawFromAll(float[] scores, float max, double uniform) {
        double target = uniform * mass(scores, max);
        double sum = 0;
        int last = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > Float.NEGATIVE_INFINITY) {
                sum += Math.exp((scores[i] - max) / settings.temperature());
                last = i;
                if (sum > target) {
                    return i;
                }
            }
        }
        return last;
    }

    /** How many candidates it takes to reach a sum; the one that crosses it stays. */
    private int nucleus(double wanted) {
        double sum = 0;
        for (int i = 0; i < candidates.count(); i++) {
            sum += candidates.weight(i);
            if (sum >= wanted && settings.topP() < 1) {
                return i + 1;
            }
        }
        return candidates.count();
    }

    private int atLeast(double minP) {
        int kept = candidates.count();
        while (kept > 1 && candidates.weight(kept - 1) < minP) {
            kept--;
        }
        return kept;
    }

    private int drawFromCandidates(double uniform) {
        double target = uniform * candidates.mass();
        double sum = 0;
        for (int i = 0; i < candidates.count() - 1; i++) {
            sum += candidates.weight(i);
            if (sum > target) {
                return candidates.token(i);
            }
        }
        return candidates.token(candidates.count() - 1);
    }
}
