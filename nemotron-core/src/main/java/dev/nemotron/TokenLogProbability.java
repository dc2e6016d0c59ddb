package dev.nemotron;

import java.util.List;

/**
 * How likely a generated token was, by the raw logits, before temperature and everything else.
 *
 * @param token its id
 * @param text its text, with U+FFFD where it is a piece of a character
 * @param logProbability the natural logarithm of its probability
 * @param likeliest the likeliest tokens in its place, likeliest first; their own {@code likeliest} is empty
 */
public record TokenLogProbability(int token, String text, double logProbability, List<TokenLogProbability> likeliest) {

    /** Copies the list. */
    public TokenLogProbability {
        likeliest = List.copyOf(likeliest);
    }
}
