package dev.nemotron.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Which stretches of a text may name added tokens. */
final class TrustedRanges {

    /** Alternating begin and end (exclusive) of the trusted stretches, ascending. */
    private final int[] borders;

    private TrustedRanges(int[] borders) {
        this.borders = borders;
    }

    /** Notes the trusted stretches of the concatenation of spans. */
    static TrustedRanges of(List<TextSpan> spans) {
        int[] borders = new int[2 * spans.size()];
        int count = 0;
        int at = 0;
        for (TextSpan span : spans) {
            int end = at + span.text().length();
            if (span.trusted() && end > at) {
                if (count > 0 && borders[count - 1] == at) {
                    borders[count - 1] = end;
                } else {
                    borders[count++] = at;
                    borders[count++] = end;
                }
            }
            at = end;
        }
        return new TrustedRanges(Arrays.copyOf(borders, count));
    }

    /** Returns where the trusted stretch around a position ends, or the position itself if it is in none. */
    int end(int position) {
        int found = Arrays.binarySearch(borders, position);
        // The number of borders at or before the position is odd inside a stretch.
        int before = found >= 0 ? found + 1 : -found - 1;
        return before % 2 == 1 ? borders[before] : position;
    }

    /**
     * Carries the stretches over to the rewritten form of a part of the text. A character of the rewritten form is
     * trusted only if it is found both from the left and from the right to come from trusted characters alone.
     *
     * @param text the text
     * @param from where the part begins
     * @param to where it ends, exclusive
     * @param rewritten the form of the part
     * @param rewrite what made it
     */
    TrustedRanges rewritten(char[] text, int from, int to, String rewritten, UnaryOperator<String> rewrite) {
        int[] carried = new int[borders.length];
        int count = 0;
        for (int i = 0; i < borders.length; i += 2) {
            int begin = Math.max(from, borders[i]);
            int end = Math.min(to, borders[i + 1]);
            if (begin < end) {
                int newBegin = rewritten.length() - commonEnd(rewritten, apply(rewrite, text, begin, to));
                int newEnd = commonStart(rewritten, apply(rewrite, text, from, end));
                if (newBegin < newEnd && (count == 0 || carried[count - 1] <= newBegin)) {
                    carried[count++] = newBegin;
                    carried[count++] = newEnd;
                }
            }
        }
        return new TrustedRanges(Arrays.copyOf(carried, count));
    }

    private static String apply(UnaryOperator<String> rewrite, char[] text, int from, int to) {
        return rewrite.apply(new String(text, from, to - from));
    }

    private static int commonStart(String a, String b) {
        int limit = Math.min(a.length(), b.length());
        int n = 0;
        while (n < limit && a.charAt(n) == b.charAt(n)) {
            n++;
        }
        return n;
    }

    private static int commonEnd(String a, String b) {
        int limit = Math.min(a.length(), b.length());
        int n = 0;
        while (n < limit && a.charAt(a.length() - 1 - n) == b.charAt(b.length() - 1 - n)) {
            n++;
        }
        return n;
    }
}
