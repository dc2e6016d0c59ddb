package dev.nemotron.engine;

import dev.nemotron.Logits;
import dev.nemotron.arch.CausalModel;
import dev.nemotron.arch.DraftHead;
import dev.nemotron.spi.Backend;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the raw scores at some positions of a sequence, and the scores of recursive drafts after its end. Runs on the
 * engine's thread.
 */
public final class LogitsProbe {

    private final CausalModel model;
    private final Backend backend;
    private final int prefillTokens;
    private final Batch batch = new Batch();

    /**
     * Prepares a probe.
     *
     * @param model what computes
     * @param backend where it computes
     * @param prefillTokens how many tokens go into one step
     */
    public LogitsProbe(CausalModel model, Backend backend, int prefillTokens) {
        this.model = model;
        this.backend = backend;
        this.prefillTokens = prefillTokens;
    }

    /**
     * Computes scores.
     *
     * @param ids the sequence
     * @param positions the positions wanted, in any order
     * @param drafts how many recursive steps of the draft head after the last position; the first is fed the trunk's greedy
     *     next token, each further one the greedy token of the step before
     * @return the scores, positions in the order asked for
     */
    public Logits compute(int[] ids, List<Integer> positions, int drafts) {
        return compute(ids, positions, drafts, Batch.isLong(ids.length));
    }

    /** Computes the same as a long prompt or a short one, whatever its length. */
    Logits compute(int[] ids, List<Integer> positions, int drafts, boolean isLong) {
        DraftHead head = drafts > 0 ? model.draftHead() : null;
        Map<Integer, float[]> scores = new TreeMap<>();
        positions.forEach(position -> scores.put(position, new float[0]));
        float[] last = new float[model.vocabularySize()];
        List<float[]> guesses = new ArrayList<>();
        try (SequenceState state = model.newState();
                SequenceState draftState = head == null ? new SequenceState(List.of()) : head.newState()) {
            for (int from = 0; from < ids.length; from += prefillTokens) {
                int to = Math.min(ids.length, from + prefillTokens);
                trunk(ids, from, to, isLong, state, scores, last, head != null);
                if (head != null) {
                    extendDrafts(head, draftState, ids, from, to, last);
                }
            }
            if (head != null) {
                recurse(head, draftState, drafts, guesses);
            }
        }
        return new Logits(positions.stream().map(scores::get).toList(), guesses);
    }

    /** Computes one piece of the sequence; the wanted rows are all of them where the draft head needs the hidden states. */
    private void trunk(
            int[] ids,
            int from,
            int to,
            boolean isLong,
            SequenceState state,
            Map<Integer, float[]> scores,
            float[] last,
            boolean allRows) {
        batch.clear();
        batch.addPiece(state, ids, from, to, isLong);
        List<Integer> wanted = new ArrayList<>();
        for (int position = from; position < to; position++) {
            if (allRows || scores.containsKey(position) || position == ids.length - 1) {
                batch.want(position - from);
                wanted.add(position);
            }
        }
        model.forward(batch);
        if (wanted.isEmpty()) {
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            int position = wanted.get(i);
            if (scores.containsKey(position) || position == ids.length - 1) {
                backend.read(model.logits(i, 1), 0, last);
                scores.computeIfPresent(position, (key, none) -> last.clone());
            }
        }
    }

    /** Feeds the head the true pairs of hidden state and next token, the last of them with the trunk's own greedy token. */
    private void extendDrafts(DraftHead head, SequenceState draftState, int[] ids, int from, int to, float[] last) {
        int[] next = new int[to - from];
        for (int i = 0; i < next.length; i++) {
            next[i] = from + i + 1 < ids.length ? ids[from + i + 1] : argmax(last);
        }
        batch.clear();
        batch.add(draftState, next, 0, next.length, false);
        batch.want(next.length - 1);
        head.forward(batch, model.hidden());
    }

    private void recurse(DraftHead head, SequenceState draftState, int drafts, List<float[]> guesses) {
        int[] token = new int[1];
        for (int k = 0; k < drafts; k++) {
            float[] scores = new float[model.vocabularySize()];
            backend.read(head.logits(0, 1), 0, scores);
            guesses.add(scores);
            if (k + 1 < drafts) {
                token[0] = argmax(scores);
                batch.clear();
                batch.add(draftState, token, 0, 1, false);
                batch.want(0);
                head.forward(batch, head.hidden());
            }
        }
    }

    private static int argmax(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * Checks what a caller asks for.
     *
     * @param model what would compute
     * @param ids the sequence
     * @param positions the positions wanted
     * @param drafts how many drafts
     * @throws IllegalArgumentException if a token id or a position does not exist, or there is no draft head
     */
    public static void check(CausalModel model, int[] ids, List<Integer> positions, int drafts) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("the sequence has no tokens, at least one is needed");
        }
        TokenRange.check(ids, model.vocabularySize());
        for (int position : positions) {
            if (position < 0 || position >= ids.length) {
                throw new IllegalArgumentException(
                        "position " + position + " is not in the sequence of " + ids.length + " tokens");
            }
        }
        @Nullable DraftHead head = model.draftHead();
        if (drafts < 0 || (drafts > 0 && head == null)) {
            throw new IllegalArgumentException(
                    drafts < 0
                            ? "drafts must be 0 or more, found " + drafts
                            : "this checkpoint has no draft head, so it cannot compute drafts");
        }
    }
}
