package dev.nemotron.sampling;

import java.util.List;

/**
 * Finds stop strings in text that comes in pieces. Text that may yet turn out to be the beginning of a stop string is held
 * back, so what has been given out never contains any part of one. Confined to one thread.
 */
public final class StopMatcher {

    private final List<String> stops;
    private final int longest;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /**
     * Prepares a search.
     *
     * @param stops the stop strings, none of them empty; may be none at all
     */
    public StopMatcher(List<String> stops) {
        this.stops = List.copyOf(stops);
        this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Takes a piece of text.
     *
     * @param piece the text
     * @return what can be given out now; ends before the first stop string
     */
    public String accept(String piece) {
        if (stopped || longest == 0) {
            return stopped ? "" : piece;
        }
        held.append(piece);
        int first = Integer.MAX_VALUE;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 ? Math.min(first, at) : first;
        }
        if (first < Integer.MAX_VALUE) {
            stopped = true;
            return release(first);
        }
        return release(held.length() - possibleBeginning());
    }

    /**
     * Takes the end of the text.
     *
     * @return what was held back and turned out not to be a stop string
     */
    public String finish() {
        return stopped ? "" : release(held.length());
    }

    /**
     * Whether a stop string has come.
     *
     * @return whether the answer is over
     */
    public boolean stopped() {
        return stopped;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** The length of the longest end of the held text that a stop string begins with. */
    private int possibleBeginning() {
        for (int length = Math.min(longest - 1, held.length()); length > 0; length--) {
            String end = held.substring(held.length() - length);
            if (stops.stream().anyMatch(stop -> stop.startsWith(end))) {
                return length;
            }
        }
        return 0;
    }
}
