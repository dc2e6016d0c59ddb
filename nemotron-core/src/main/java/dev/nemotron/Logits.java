package dev.nemotron;

import java.util.List;

/**
 * The raw scores of the vocabulary after some positions of a sequence, for evaluation and for comparison with other
 * implementations.
 *
 * @param positions for each position asked for, the scores of all tokens as the next one, [V]
 * @param drafts for each step of the draft head, the scores of all tokens, [V]; empty where none was asked for
 */
public record Logits(List<float[]> positions, List<float[]> drafts) {

    /** Copies the lists. */
    public Logits {
        positions = List.copyOf(positions);
        drafts = List.copyOf(drafts);
    }
}
