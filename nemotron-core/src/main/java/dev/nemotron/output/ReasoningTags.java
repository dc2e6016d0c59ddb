package dev.nemotron.output;

/**
 * The marks around the reasoning of an answer.
 *
 * @param open the mark before it, for example {@code <think>}
 * @param close the mark behind it
 */
public record ReasoningTags(String open, String close) {

    /** {@code <think>} and {@code </think>}. */
    public static final ReasoningTags THINK = new ReasoningTags("<think>", "</think>");

    /**
     * Checks the marks.
     *
     * @throws IllegalArgumentException if one is empty, or its first character occurs in it again
     */
    public ReasoningTags {
        requireMark(open);
        requireMark(close);
    }

    private static void requireMark(String mark) {
        if (mark.isEmpty() || mark.indexOf(mark.charAt(0), 1) >= 0) {
            throw new IllegalArgumentException(
                    "a reasoning mark is not empty, and its first character occurs in it once only, found \"" + mark
                            + '"');
        }
    }
}
