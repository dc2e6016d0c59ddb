package dev.nemotron.sampling;

import java.util.List;

/**
 * Finds stop strings in text that comes in pieces. What may still become one is held back, so nothing of a stop string
 * is ever let through. The result does not depend on how the text is cut into pieces: the stop string that is complete
 * first counts, the longest if several are. For one thread at a time.
 */
public final class StopMatcher {

    private final String[] stops;

    /** failures[s][i]: the longest proper prefix of stop s that ends its first i characters (Knuth, Morris, Pratt). */
    private final int[][] failures;

    /** How many characters of each stop string the text so far ends with. */
    private final int[] matched;

    private final boolean included;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /**
     * A matcher at the start of a text.
     *
     * @param stops the stop strings
     * @param included whether the stop string itself is let through
     * @throws IllegalArgumentException if a stop string is empty
     */
    public StopMatcher(List<String> stops, boolean included) {
        this.stops = stops.toArray(String[]::new);
        this.included = included;
        this.matched = new int[this.stops.length];
        this.failures = new int[this.stops.length][];
        for (int i = 0; i < this.stops.length; i++) {
            if (this.stops[i].isEmpty()) {
                throw new IllegalArgumentException("a stop string must not be empty");
            }
            failures[i] = failures(this.stops[i]);
        }
    }

    private static int[] failures(String stop) {
        int[] failures = new int[stop.length() + 1];
        int length = 0;
        for (int i = 1; i < stop.length(); i++) {
            while (length > 0 && stop.charAt(i) != stop.charAt(length)) {
                length = failures[length];
            }
            length += stop.charAt(i) == stop.charAt(length) ? 1 : 0;
            failures[i + 1] = length;
        }
        return failures;
    }

    /**
     * Takes the next piece.
     *
     * @param piece the piece
     * @return what can be let through now; everything behind a stop string is dropped
     */
    public String push(String piece) {
        if (stops.length == 0) {
            return piece;
        }
        for (int i = 0; i < piece.length() && !stopped; i++) {
            held.append(piece.charAt(i));
            int complete = advance(piece.charAt(i));
            if (complete > 0) {
                stopped = true;
                if (!included) {
                    held.setLength(held.length() - complete);
                }
            }
        }
        return release(stopped ? held.length() : held.length() - longestBeginning());
    }

    /** Moves every stop string on by a character and gives the length of the longest one that is complete, or 0. */
    private int advance(char c) {
        int complete = 0;
        for (int s = 0; s < stops.length; s++) {
            String stop = stops[s];
            int length = matched[s];
            while (length > 0 && stop.charAt(length) != c) {
                length = failures[s][length];
            }
            length += stop.charAt(length) == c ? 1 : 0;
            matched[s] = length;
            if (length == stop.length()) {
                complete = Math.max(complete, length);
            }
        }
        return complete;
    }

    private int longestBeginning() {
        int longest = 0;
        for (int length : matched) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /**
     * Whether a stop string has come.
     *
     * @return true from then on
     */
    public boolean stopped() {
        return stopped;
    }

    /**
     * Ends the text without a stop string.
     *
     * @return what was held back
     */
    public String finish() {
        return release(held.length());
    }
}
