package dev.nemotron.sampling;

import dev.nemotron.Sampling;

/**
 * What makes tokens more or less likely because of what is there already: logit bias, repetition penalty over prompt and
 * answer, frequency and presence penalty over the answer. Confined to one thread.
 */
final class Penalties {

    private final Sampling settings;
    private final boolean repetition;
    private final boolean counting;
    private final int[] generated;
    private final boolean[] seen;

    Penalties(Sampling settings, int vocabularySize, int[] prompt) {
        this.settings = settings;
        this.repetition = settings.repetitionPenalty() != 1;
        this.counting = settings.frequencyPenalty() != 0 || settings.presencePenalty() != 0;
        this.generated = new int[counting ? vocabularySize : 0];
        this.seen = new boolean[repetition ? vocabularySize : 0];
        if (repetition) {
            for (int token : prompt) {
                seen[token] = true;
            }
        }
    }

    /** Whether {@link #apply} changes anything. */
    boolean active() {
        return repetition || counting || !settings.logitBias().isEmpty();
    }

    void apply(float[] logits) {
        settings.logitBias().forEach((token, bias) -> {
            if (token < logits.length) {
                logits[token] += bias.floatValue();
            }
        });
        float factor = (float) settings.repetitionPenalty();
        for (int i = 0; i < seen.length; i++) {
            if (seen[i]) {
                logits[i] = logits[i] > 0 ? logits[i] / factor : logits[i] * factor;
            }
        }
        for (int i = 0; i < generated.length; i++) {
            if (generated[i] > 0) {
                logits[i] -= (float) (generated[i] * settings.frequencyPenalty() + settings.presencePenalty());
            }
        }
    }

    void generated(int token) {
        if (counting) {
            generated[token]++;
        }
        if (repetition) {
            seen[token] = true;
        }
    }
}
