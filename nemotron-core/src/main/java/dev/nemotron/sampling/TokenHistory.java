package dev.nemotron.sampling;

import dev.nemotron.Sampling;
import java.util.Arrays;

/**
 * The tokens of a sequence so far, prompt and answer, with how often each occurs. Tokens at the end can be taken back.
 * Allocates only when it grows.
 */
public final class TokenHistory {

    private static final int FREE = -1;

    private int[] tokens = new int[256];
    private int length;
    private int promptLength;

    // A hash table of token ids with open addressing; entries stay when their counts fall to 0.
    private int[] keys = new int[512];
    private int[] seen = new int[512];
    private int[] generated = new int[512];
    private int used;

    /** An empty history. */
    public TokenHistory() {
        Arrays.fill(keys, FREE);
    }

    /**
     * Adds tokens of the prompt; they come before all tokens of the answer.
     *
     * @param prompt the token ids
     * @throws IllegalStateException if the answer has begun
     */
    public void prompt(int... prompt) {
        if (length > promptLength) {
            throw new IllegalStateException("the answer has begun, so the prompt cannot grow");
        }
        for (int token : prompt) {
            count(token, 1, 0);
            store(token);
        }
        promptLength = length;
    }

    /**
     * Adds a token of the answer.
     *
     * @param token its id
     */
    public void append(int token) {
        count(token, 1, 1);
        store(token);
    }

    /**
     * Takes the last tokens of the answer back.
     *
     * @param count how many
     * @throws IllegalArgumentException if the answer has fewer
     */
    public void rollback(int count) {
        if (count < 0 || count > generatedLength()) {
            throw new IllegalArgumentException("cannot take back " + count + " of " + generatedLength() + " tokens");
        }
        for (int i = 0; i < count; i++) {
            count(tokens[--length], -1, -1);
        }
    }

    /**
     * The length of the answer.
     *
     * @return how many tokens {@link #append} has added, less those taken back
     */
    public int generatedLength() {
        return length - promptLength;
    }

    int length() {
        return length;
    }

    int token(int index) {
        return tokens[index];
    }

    private void store(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    private void count(int token, int inAll, int inAnswer) {
        if (token < 0) {
            throw new IllegalArgumentException("a token id is 0 or more, found " + token);
        }
        int slot = slot(token);
        if (keys[slot] == FREE) {
            if (2 * (used + 1) > keys.length) {
                grow();
                slot = slot(token);
            }
            keys[slot] = token;
            used++;
        }
        seen[slot] += inAll;
        generated[slot] += inAnswer;
    }

    private int slot(int token) {
        int mask = keys.length - 1;
        int slot = ((token * 0x9E3779B9) >>> 7) & mask;
        while (keys[slot] != FREE && keys[slot] != token) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldSeen = seen;
        int[] oldGenerated = generated;
        keys = new int[2 * oldKeys.length];
        seen = new int[keys.length];
        generated = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                seen[slot] = oldSeen[i];
                generated[slot] = oldGenerated[i];
            }
        }
    }

    /** Applies the repetition, frequency and presence penalties to logits [V]. */
    void penalise(float[] logits, Sampling sampling) {
        double repetition = sampling.repetitionPenalty();
        for (int i = 0; i < keys.length; i++) {
            int token = keys[i];
            if (token == FREE || seen[i] == 0 || token >= logits.length) {
                continue;
            }
            double logit = logits[token];
            logit = logit > 0 ? logit / repetition : logit * repetition;
            if (generated[i] > 0) {
                logit -= generated[i] * sampling.frequencyPenalty() + sampling.presencePenalty();
            }
            logits[token] = (float) logit;
        }
    }
}
