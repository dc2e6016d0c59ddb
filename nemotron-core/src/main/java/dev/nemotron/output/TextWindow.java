package dev.nemotron.output;

/**
 * The part of a text that has come and is not taken yet. Readers look at its front and take what they are sure of. For one
 * thread.
 */
final class TextWindow {

    /** White space of more than this between two tags does not belong to a call. */
    private static final int LONGEST_GAP = 64;

    private final StringBuilder text = new StringBuilder();
    private int start;
    private boolean ended;

    /** What the text that has come says of a question. */
    enum Match {
        YES,
        NO,
        /** More text is needed. */
        OPEN;

        /** This answer, or the other one where this is no; open before yes, since several tags can begin alike. */
        Match or(Match other) {
            if (this == OPEN || other == OPEN) {
                return OPEN;
            }
            return this == YES ? YES : other;
        }
    }

    void append(String piece) {
        text.delete(0, start);
        start = 0;
        text.append(piece);
    }

    /** Nothing comes any more: no question stays open from here on. */
    void end() {
        ended = true;
    }

    int length() {
        return text.length() - start;
    }

    boolean isEmpty() {
        return length() == 0;
    }

    char charAt(int offset) {
        return text.charAt(start + offset);
    }

    String take(int count) {
        String taken = text.substring(start, start + count);
        start += count;
        return taken;
    }

    char next() {
        return text.charAt(start++);
    }

    void skip(int count) {
        start += count;
    }

    /** The text from an offset to another one, left where it is. */
    String peek(int from, int to) {
        return text.substring(start + from, start + to);
    }

    /** How many characters come before the first of these. */
    int run(String stops) {
        int count = 0;
        while (count < length() && stops.indexOf(charAt(count)) < 0) {
            count++;
        }
        return count;
    }

    /** How many white space characters the text begins with. */
    int blanks() {
        int count = 0;
        while (count < length() && Character.isWhitespace(charAt(count))) {
            count++;
        }
        return count;
    }

    /** Whether a tag stands at an offset. */
    Match match(int offset, String tag) {
        int available = Math.min(tag.length(), length() - offset);
        for (int i = 0; i < available; i++) {
            if (charAt(offset + i) != tag.charAt(i)) {
                return Match.NO;
            }
        }
        return available == tag.length() ? Match.YES : end(Match.NO);
    }

    /** Whether one of several tags stands at an offset. */
    Match matchAny(int offset, Iterable<String> tags) {
        Match match = Match.NO;
        for (String tag : tags) {
            match = match.or(match(offset, tag));
        }
        return match;
    }

    /** The offset behind the white space at an offset, or -1 if there is too much of it. */
    int behindGap(int offset) {
        int end = offset;
        while (end < length() && Character.isWhitespace(charAt(end))) {
            if (++end - offset > LONGEST_GAP) {
                return -1;
            }
        }
        return end;
    }

    /** The answer to a question that reaches beyond the text that has come. */
    Match end(Match atTheEnd) {
        return ended ? atTheEnd : Match.OPEN;
    }
}
