package dev.nemotron.engine;

import dev.nemotron.grammar.Matcher;
import dev.nemotron.sampling.Sampler;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes next in an answer: the end of the reasoning where its budget is spent, what a grammar forces, or a token
 * that is drawn from those which the grammar allows. For one thread.
 */
final class Steering {

    /** How many tokens of white space may stand between the reasoning and a bound answer; they are no part of it. */
    private static final int MAX_SPACES = 2;

    /** With more tokens left than this, nobody looks for the end. */
    private static final int ALWAYS_ENOUGH = 4096;

    private final Sampler sampler;
    private final @Nullable ReasoningTracker reasoning;
    private final @Nullable Binding binding;
    private final Deque<Integer> certain = new ArrayDeque<>();
    private @Nullable Matcher matcher;
    private long[] allowed = new long[0];
    private int spacesLeft;

    Steering(Sampler sampler, @Nullable ReasoningTracker reasoning, @Nullable Binding binding) {
        this.sampler = sampler;
        this.reasoning = reasoning;
        this.binding = binding;
        if (reasoning != null) {
            force(reasoning.forced());
        }
        if (binding != null && certain.isEmpty()) {
            matcher = binding.atBeginning(reasoning);
            if (matcher != null) {
                force(matcher.forced());
            }
        }
    }

    private void force(int[] tokens) {
        Arrays.stream(tokens).forEach(certain::add);
    }

    /**
     * The next token, if it is certain without looking at scores.
     *
     * @return the token, or a negative number where it has to be drawn
     */
    int certain() {
        return certain.isEmpty() ? -1 : certain.remove();
    }

    /**
     * Draws a token.
     *
     * @param logits [V]
     * @param step the position in the answer
     * @param left how many tokens the answer may still have, this one included
     * @return the token
     */
    int draw(float[] logits, int step, int left) {
        if (matcher == null) {
            return sampler.sample(logits, null, step);
        }
        if (allowed.length == 0) {
            allowed = new long[(logits.length + Long.SIZE - 1) / Long.SIZE];
        }
        matcher.fillMask(allowed);
        if (spacesLeft > 0 && binding != null) {
            for (int space : binding.spaces()) {
                allowed[space >> 6] |= 1L << space;
            }
        }
        int token = sampler.sample(logits, allowed, step);
        if (leavesTime(matcher, token, left)) {
            return token;
        }
        force(matcher.shortestEnd());
        int first = certain();
        return first < 0 ? token : first;
    }

    /** Whether the answer can be brought to an end in its form after this token, so far as it could before. */
    private static boolean leavesTime(Matcher matcher, int token, int left) {
        if (left > ALWAYS_ENOUGH || !matcher.allows(token)) {
            return true;
        }
        if (!matcher.canEndWithin(left)) {
            return true; // it was too late from the beginning
        }
        matcher.accept(token);
        boolean enough = matcher.complete() || matcher.canEndWithin(left - 1);
        matcher.rollback(1);
        return enough;
    }

    /** Takes the token that has come. */
    void accept(int token) {
        sampler.history().append(token);
        boolean answering = reasoning == null || reasoning.answering();
        if (reasoning != null) {
            reasoning.accept(token);
            if (certain.isEmpty()) {
                force(reasoning.forced());
            }
        }
        if (matcher != null) {
            advance(matcher, token);
        } else if (binding != null) {
            matcher = binding.after(token, answering, reasoning);
            spacesLeft = matcher != null && !answering ? MAX_SPACES : 0;
            if (matcher != null && spacesLeft == 0) {
                force(matcher.forced());
            }
        }
    }

    private void advance(Matcher current, int token) {
        if (spacesLeft > 0 && !current.allows(token)) {
            spacesLeft--;
            return;
        }
        spacesLeft = 0;
        current.accept(token);
        if (certain.isEmpty()) {
            force(current.forced());
        }
    }

    /** Whether the answer is whole, and nothing could follow. */
    boolean exhausted() {
        return matcher != null && spacesLeft == 0 && certain.isEmpty() && matcher.exhausted();
    }

    /** How many tokens of the answer were reasoning. */
    int reasoningTokens() {
        return reasoning == null ? 0 : reasoning.tokens();
    }

    /** Whether the budget has ended the reasoning. */
    boolean reasoningTruncated() {
        return reasoning != null && reasoning.truncated();
    }
}
