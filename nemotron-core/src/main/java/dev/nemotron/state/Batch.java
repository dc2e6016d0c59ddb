package dev.nemotron.state;

import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step that is put together: token ids of several sequences, and the rows whose hidden state or logits are wanted. Reused
 * from step to step; confined to one thread.
 */
public final class Batch implements Step {

    /** From so many tokens on, the order of prompts is faster on the machines that were measured. */
    private static final int LONG = 128;

    private final List<SequenceState> states = new ArrayList<>();
    private int[] tokens = new int[64];
    private int[] firstRows = new int[9];
    private boolean[] provisional = new boolean[8];
    private int[] wanted = new int[8];
    private int rows;
    private int answerRows;
    private int wantedCount;

    /** Creates an empty batch. */
    public Batch() {}

    /** Empties the batch. */
    public void clear() {
        states.clear();
        rows = 0;
        answerRows = 0;
        wantedCount = 0;
    }

    /**
     * Whether a prompt is a long one. Whoever adds a prompt in pieces asks for the whole, so that results do not depend on the
     * pieces.
     *
     * @param tokens the tokens of the prompt that are not computed yet
     * @return whether there are at least {@value #LONG}
     */
    public static boolean isLong(int tokens) {
        return tokens >= LONG;
    }

    /**
     * Adds a piece of a prompt.
     *
     * @param state the sequence, not in the batch yet
     * @param ids the tokens
     * @param from the first one
     * @param to the one after the last
     * @param isLong whether the prompt is a long one; pieces of these come last
     * @return the row of the first token
     */
    public int addPiece(SequenceState state, int[] ids, int from, int to, boolean isLong) {
        return isLong ? append(state, ids, from, to, false) : add(state, ids, from, to, false);
    }

    /**
     * Adds new tokens of a sequence that is not in the batch yet.
     *
     * @param state the sequence
     * @param ids the tokens
     * @param from the first one
     * @param to the one after the last
     * @param isProvisional whether the tokens may be taken back by {@link SequenceState#commit}
     * @return the row of the first token
     */
    public int add(SequenceState state, int[] ids, int from, int to, boolean isProvisional) {
        if (answerRows < rows) {
            throw new IllegalStateException("pieces of long prompts come last");
        }
        int first = append(state, ids, from, to, isProvisional);
        answerRows = rows;
        return first;
    }

    private int append(SequenceState state, int[] ids, int from, int to, boolean isProvisional) {
        int sequence = states.size();
        if (states.contains(state)) {
            throw new IllegalArgumentException("the sequence is in the batch already");
        }
        states.add(state);
        if (firstRows.length < sequence + 2) {
            firstRows = Arrays.copyOf(firstRows, 2 * firstRows.length);
            provisional = Arrays.copyOf(provisional, 2 * firstRows.length);
        }
        if (tokens.length < rows + to - from) {
            tokens = Arrays.copyOf(tokens, Math.max(2 * tokens.length, rows + to - from));
        }
        System.arraycopy(ids, from, tokens, rows, to - from);
        firstRows[sequence] = rows;
        provisional[sequence] = isProvisional;
        rows += to - from;
        firstRows[sequence + 1] = rows;
        return firstRows[sequence];
    }

    /**
     * Asks for the hidden state and logits of a row.
     *
     * @param row the row of the step
     * @return the row's place among the wanted rows
     */
    public int want(int row) {
        if (row < 0 || row >= rows) {
            throw new IllegalArgumentException("row " + row + " of " + rows);
        }
        if (wanted.length == wantedCount) {
            wanted = Arrays.copyOf(wanted, 2 * wanted.length);
        }
        wanted[wantedCount] = row;
        return wantedCount++;
    }

    /** Advances the states after the step has been computed. */
    public void advance() {
        for (int s = 0; s < states.size(); s++) {
            states.get(s).advance(rows(s), provisional[s]);
        }
    }

    /**
     * The token ids, row by row.
     *
     * @return an array of which the first {@link #rows()} elements count; not a copy
     */
    public int[] tokens() {
        return tokens;
    }

    /**
     * The wanted rows.
     *
     * @return an array of which the first {@link #wantedCount()} elements count; not a copy
     */
    public int[] wanted() {
        return wanted;
    }

    /**
     * Counts the wanted rows.
     *
     * @return how many
     */
    public int wantedCount() {
        return wantedCount;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int answerRows() {
        return answerRows;
    }

    @Override
    public int sequences() {
        return states.size();
    }

    @Override
    public int firstRow(int sequence) {
        return firstRows[sequence];
    }

    @Override
    public int rows(int sequence) {
        return firstRows[sequence + 1] - firstRows[sequence];
    }

    @Override
    public LayerState state(int sequence, int layer) {
        return states.get(sequence).layer(layer);
    }

    @Override
    public boolean provisional(int sequence) {
        return provisional[sequence];
    }
}
