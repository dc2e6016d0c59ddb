package dev.nemotron.template.jinja;

import java.util.Arrays;

/** Builds a {@link Text} from pieces and keeps the marks of each. */
final class TextBuilder {

    private final StringBuilder chars = new StringBuilder();
    private final int limit;
    private int[] flips = new int[8];
    private int changes;

    TextBuilder() {
        this(TemplateLimits.TEXT_SIZE);
    }

    /** A builder that refuses to grow beyond {@code limit} UTF-16 units. */
    TextBuilder(int limit) {
        this.limit = limit;
    }

    int length() {
        return chars.length();
    }

    /** Appends characters of the template. */
    TextBuilder append(String piece) {
        return append(piece, true);
    }

    TextBuilder append(String piece, boolean trusted) {
        return append(piece, 0, piece.length(), trusted);
    }

    TextBuilder append(Text piece) {
        return append(piece, 0, piece.chars().length());
    }

    TextBuilder append(Text piece, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Math.min(to, piece.runEnd(at));
            append(piece.chars(), at, end, piece.trustedAt(at));
            at = end;
        }
        return this;
    }

    private TextBuilder append(String piece, int from, int to, boolean trusted) {
        if (from == to) {
            return this;
        }
        if (to - from > limit - chars.length()) {
            throw new TemplateFault("text of more than " + limit + " characters, the limit");
        }
        boolean now = (changes & 1) == 0;
        if (now != trusted) {
            if (changes == flips.length) {
                flips = Arrays.copyOf(flips, 2 * changes);
            }
            flips[changes++] = chars.length();
        }
        chars.append(piece, from, to);
        return this;
    }

    Text build() {
        return Text.marked(chars.toString(), Arrays.copyOf(flips, changes));
    }
}
