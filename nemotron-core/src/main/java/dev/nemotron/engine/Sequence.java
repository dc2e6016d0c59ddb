package dev.nemotron.engine;

import dev.nemotron.FinishReason;
import dev.nemotron.GenerationResult;
import dev.nemotron.TextChunk;
import dev.nemotron.Timings;
import dev.nemotron.TokenLogProbability;
import dev.nemotron.Usage;
import dev.nemotron.arch.CausalModel;
import dev.nemotron.sampling.LogProbabilities;
import dev.nemotron.state.Batch;
import dev.nemotron.state.SequenceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One answer in progress, on the engine's side. All methods but {@link #cancel} are called by the engine's thread alone, once
 * the sequence has been submitted.
 */
public final class Sequence {

    /** Takes what a sequence produces; called by the engine's thread, must not block. */
    public interface Listener {

        /**
         * Takes a piece of text.
         *
         * @param chunk the piece
         */
        void text(TextChunk chunk);

        /**
         * Takes the end.
         *
         * @param result everything that was generated
         */
        void end(GenerationResult result);

        /**
         * Takes a failure, instead of the end.
         *
         * @param failure what went wrong
         */
        void failure(RuntimeException failure);
    }

    private static final int NOT_WANTED = -1;

    /** The most tokens that one step takes of what is certain, so that others are not kept waiting. */
    private static final int MAX_FED = 32;

    private final int[] prompt;
    private final int maxTokens;
    private final int[] endTokens;
    private final Steering steering;
    private final TextAssembler text;
    private final int logProbabilityCount;
    private final IntFunction<String> tokenText;
    private final @Nullable KeptState kept;
    private final Listener listener;

    /** The tokens that have come since the last step, which the next one computes. */
    private final int[] fed = new int[MAX_FED];

    private int fedCount;
    private final List<Integer> generated = new ArrayList<>();
    private final List<TokenLogProbability> logProbabilities = new ArrayList<>();
    private final long submitted = System.nanoTime();
    private long started;
    private long firstToken;
    private @Nullable SequenceState state;
    private int prefilled;
    private int cached;
    private int chunkTokens;
    private int wantedRow = NOT_WANTED;
    private boolean ended;
    private volatile boolean cancelRequested;

    /**
     * Prepares a sequence.
     *
     * @param prompt the tokens that go in, at least one
     * @param maxTokens the most tokens that come out
     * @param endTokens the tokens that end the answer
     * @param steering decides which tokens come
     * @param text turns tokens into text
     * @param logProbabilityCount how many of the likeliest tokens to report with each; negative reports nothing
     * @param tokenText gives the text of a single token
     * @param kept where the state of the turn before waits and that of this one is left, or null; that turn's tokens are the
     *     beginning of the prompt
     * @param listener takes what is produced
     */
    Sequence(
            int[] prompt,
            int maxTokens,
            Set<Integer> endTokens,
            Steering steering,
            TextAssembler text,
            int logProbabilityCount,
            IntFunction<String> tokenText,
            @Nullable KeptState kept,
            Listener listener) {
        this.prompt = prompt;
        this.maxTokens = maxTokens;
        this.endTokens = endTokens.stream().mapToInt(Integer::intValue).sorted().toArray();
        this.steering = steering;
        this.text = text;
        this.logProbabilityCount = logProbabilityCount;
        this.tokenText = tokenText;
        this.kept = kept;
        this.listener = listener;
    }

    /** Asks the sequence to end; from any thread. */
    public void cancel() {
        cancelRequested = true;
    }

    /** Whether a step that advances this sequence may be dropped: it is to end, and no later turn would miss its state. */
    boolean isDispensable() {
        return cancelRequested && (kept == null || state == null || state.length() == 0);
    }

    boolean decoding() {
        return prefilled == prompt.length;
    }

    boolean ended() {
        return ended;
    }

    /** The place among the wanted rows of the step that is being computed, or a negative number. */
    int wantedRow() {
        return wantedRow;
    }

    /** Whether the prompt is computed as a long one. */
    boolean isLong(CausalModel model) {
        begun(model);
        return Batch.isLong(prompt.length - cached);
    }

    /** The state, made or taken over when it is first asked for. */
    private SequenceState begun(CausalModel model) {
        SequenceState current = state;
        if (current == null) {
            SequenceState left = kept == null ? null : kept.take();
            current = left == null ? model.newState() : left;
            state = current;
            cached = current.length();
            prefilled = cached;
            started = System.nanoTime();
        }
        return current;
    }

    /**
     * Adds the next tokens to a step.
     *
     * @param room the most tokens to add
     * @return how many were added
     */
    int addTo(Batch batch, int room, CausalModel model) {
        SequenceState current = begun(model);
        if (decoding()) {
            int first = batch.add(current, fed, 0, fedCount, false);
            wantedRow = batch.want(first + fedCount - 1);
            return fedCount;
        }
        int tokens = Math.min(room, prompt.length - prefilled);
        int firstRow = batch.addPiece(current, prompt, prefilled, prefilled + tokens, isLong(model));
        prefilled += tokens;
        wantedRow = decoding() ? batch.want(firstRow + tokens - 1) : NOT_WANTED;
        return tokens;
    }

    /**
     * Takes the next token, drawn from the scores of the wanted row, and those that are certain to follow it. What goes wrong
     * in that is this sequence's own affair: the others of the step have their states whole.
     */
    void accept(float[] logits) {
        try {
            draw(logits);
        } catch (RuntimeException failure) {
            failed(failure);
        }
    }

    private void draw(float[] logits) {
        wantedRow = NOT_WANTED;
        fedCount = 0;
        if (generated.isEmpty()) {
            firstToken = System.nanoTime();
        }
        int token = steering.certain();
        boolean drawn = token < 0;
        if (drawn) {
            token = steering.draw(logits, generated.size(), maxTokens - generated.size());
        }
        take(token, drawn ? logits : null);
        while (!ended && fedCount < MAX_FED) {
            int next = steering.certain();
            if (next < 0) {
                break;
            }
            take(next, null);
        }
    }

    /** Takes a token; scores are null where there was no choice. */
    private void take(int token, float @Nullable [] logits) {
        steering.accept(token);
        if (logProbabilityCount >= 0) {
            logProbabilities.add(
                    logits == null
                            ? new TokenLogProbability(token, tokenText.apply(token), 0, List.of())
                            : report(LogProbabilities.of(logits, token, logProbabilityCount)));
        }
        generated.add(token);
        fed[fedCount++] = token;
        chunkTokens++;
        if (Arrays.binarySearch(endTokens, token) >= 0) {
            finish(FinishReason.STOP);
            return;
        }
        emit(text.accept(token));
        if (text.stopped() || steering.exhausted()) {
            finish(FinishReason.STOP);
        } else if (generated.size() == maxTokens) {
            finish(FinishReason.LENGTH);
        }
    }

    private TokenLogProbability report(LogProbabilities found) {
        return report(
                found.chosen(),
                found.top().stream().map(entry -> report(entry, List.of())).toList());
    }

    private TokenLogProbability report(LogProbabilities.Entry entry, List<TokenLogProbability> likeliest) {
        return new TokenLogProbability(
                entry.token(), tokenText.apply(entry.token()), entry.logProbability(), likeliest);
    }

    boolean endIfCancelled() {
        if (cancelRequested && !ended) {
            cancelled();
        }
        return ended;
    }

    void cancelled() {
        if (!ended) {
            finish(FinishReason.CANCELLED);
        }
    }

    /** Ends the sequence in the middle of a step, which leaves its state half advanced. */
    void abandoned() {
        if (state != null) {
            state.close();
            state = null;
        }
        cancelled();
    }

    void failed(RuntimeException failure) {
        if (!ended) {
            ended = true;
            if (state != null) {
                state.close();
            }
            listener.failure(failure);
        }
    }

    private void finish(FinishReason reason) {
        emit(text.finish());
        long now = System.nanoTime();
        long begin = started == 0 ? now : started;
        long first = firstToken == 0 ? now : firstToken;
        Timings timings = new Timings(
                Duration.ofNanos(begin - submitted), Duration.ofNanos(first - begin), Duration.ofNanos(now - first));
        release();
        listener.end(new GenerationResult(
                text.text(),
                generated,
                reason,
                new Usage(prompt.length, cached, generated.size(), steering.reasoningTokens()),
                timings,
                logProbabilities));
    }

    private void emit(String piece) {
        if (!piece.isEmpty()) {
            listener.text(new TextChunk(piece, chunkTokens));
            chunkTokens = 0;
        }
    }

    private void release() {
        ended = true;
        if (state != null && kept != null) {
            kept.put(state);
        } else if (state != null) {
            state.close();
        }
    }
}
