package dev.nemotron.engine;

import dev.nemotron.Reasoning;
import dev.nemotron.output.ReasoningStart;
import dev.nemotron.output.ReasoningTags;
import dev.nemotron.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows the tokens of an answer and knows whether the model is reasoning; ends the reasoning when its budget is spent. The
 * end becomes part of the same stream of tokens, as NVIDIA's models are trained for: once the budget is spent, with the line
 * that it is in, or later by the grace, and never inside a character. For one thread.
 */
final class ReasoningTracker {

    /** What NVIDIA's serving scripts put where reasoning is cut in the middle of a line. */
    private static final String CUT = ".\n\n" + ReasoningTags.THINK.close();

    /** Longer than any mark, so that a mark that came in several tokens is seen. */
    private static final int REMEMBERED = 64;

    private final Tokenizer tokenizer;
    private final Reasoning.@Nullable Budget budget;
    private final @Nullable String callOpener;

    private final boolean wanted;

    private ReasoningStart stage;
    private final StringBuilder end = new StringBuilder();
    private int missingBytes;
    private int tokens;
    private boolean truncated;
    private boolean opened;

    /**
     * Begins an answer.
     *
     * @param tokenizer tells the bytes of tokens
     * @param stage where the model goes on
     * @param wanted whether an answer with an open beginning must begin with reasoning
     * @param budget the limit, or null
     * @param callOpener what a call of a tool begins with, which ends reasoning too, or null
     */
    ReasoningTracker(
            Tokenizer tokenizer,
            ReasoningStart stage,
            boolean wanted,
            Reasoning.@Nullable Budget budget,
            @Nullable String callOpener) {
        this.tokenizer = tokenizer;
        this.stage = stage;
        this.wanted = wanted;
        this.budget = budget;
        this.callOpener = callOpener;
    }

    /** Takes the next token of the answer. */
    void accept(int token) {
        if (stage == ReasoningStart.BEHIND) {
            return;
        }
        remember(tokenizer.has(token) ? tokenizer.bytes(token) : new byte[0]);
        if (stage == ReasoningStart.INSIDE) {
            tokens++;
            if (endsReasoning()) {
                stage = ReasoningStart.BEHIND;
            }
        } else if (has(ReasoningTags.THINK.open())) {
            stage = ReasoningStart.INSIDE;
            end.setLength(0);
        } else if (!ReasoningTags.THINK.open().startsWith(end.toString().strip())) {
            stage = ReasoningStart.BEHIND;
        }
    }

    private void remember(byte[] bytes) {
        for (byte b : bytes) {
            missingBytes = (b & 0xC0) == 0x80 ? Math.max(0, missingBytes - 1) : followers(b);
        }
        end.append(new String(bytes, StandardCharsets.ISO_8859_1));
        if (end.length() > REMEMBERED) {
            end.delete(0, end.length() - REMEMBERED);
        }
    }

    /** How many bytes a UTF-8 character has after this first one. */
    private static int followers(byte first) {
        return (first & 0xE0) == 0xC0 ? 1 : (first & 0xF0) == 0xE0 ? 2 : (first & 0xF8) == 0xF0 ? 3 : 0;
    }

    private boolean endsReasoning() {
        return has(ReasoningTags.THINK.close()) || (callOpener != null && has(callOpener));
    }

    private boolean has(String mark) {
        return end.indexOf(mark) >= 0;
    }

    /**
     * The tokens that must come now: the end of reasoning whose budget is spent, or the beginning of reasoning that is wanted.
     *
     * @return the tokens, usually none
     */
    int[] forced() {
        if (stage == ReasoningStart.OPEN && wanted && !opened) {
            opened = true;
            return tokenizer.encode(ReasoningTags.THINK.open(), false);
        }
        if (stage != ReasoningStart.INSIDE || budget == null || missingBytes > 0 || truncated) {
            return new int[0];
        }
        boolean atLineEnd = tokens == 0 || (end.length() > 0 && end.charAt(end.length() - 1) == '\n');
        boolean spent = (tokens >= budget.tokens() && atLineEnd) || tokens - budget.grace() >= budget.tokens();
        if (!spent) {
            return new int[0];
        }
        truncated = true;
        return tokenizer.encode(atLineEnd ? ReasoningTags.THINK.close() : CUT.substring(overlap()), false);
    }

    /** How much of the cut is there already. */
    private int overlap() {
        int length = CUT.length() - ReasoningTags.THINK.close().length();
        while (!end.toString().endsWith(CUT.substring(0, length))) {
            length--;
        }
        return length;
    }

    /** Whether the reasoning is over, or there was none. */
    boolean answering() {
        return stage == ReasoningStart.BEHIND;
    }

    /** Whether reasoning goes on, or may still begin. */
    boolean mayReason() {
        return stage == ReasoningStart.INSIDE || (stage == ReasoningStart.OPEN && wanted);
    }

    /** How many tokens were spent on reasoning. */
    int tokens() {
        return tokens;
    }

    /** Whether the budget has ended the reasoning. */
    boolean truncated() {
        return truncated;
    }
}
