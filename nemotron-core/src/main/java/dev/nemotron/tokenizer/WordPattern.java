package dev.nemotron.tokenizer;

import static dev.nemotron.tokenizer.CharacterClasses.LETTER;
import static dev.nemotron.tokenizer.CharacterClasses.NEWLINE;
import static dev.nemotron.tokenizer.CharacterClasses.NUMBER;
import static dev.nemotron.tokenizer.CharacterClasses.SPACE;
import static dev.nemotron.tokenizer.CharacterClasses.is;

/**
 * A pattern that cuts text into words, numbers, punctuation and white space, and matches at every position. The
 * published ones are scanned by hand: in linear time, without recursion, and with our own edition of Unicode.
 */
abstract class WordPattern implements SplitPattern {

    /** Returns the end of the match that begins at {@code from}, which is before {@code to}. */
    abstract int end(char[] text, int from, int to);

    @Override
    public final void find(char[] text, int from, int to, Stretches out) {
        for (int i = from; i < to; ) {
            int end = end(text, i, to);
            out.stretch(i, end, true);
            i = end;
        }
    }

    static int codePoint(char[] text, int at, int to) {
        char c = text[at];
        return Character.isHighSurrogate(c) ? Character.codePointAt(text, at, to) : c;
    }

    static int width(int codePoint) {
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 1 : 2;
    }

    /** Skips the characters of the classes in a mask. */
    static int skip(char[] text, int from, int to, int mask) {
        int i = from;
        while (i < to) {
            int c = codePoint(text, i, to);
            if (!is(c, mask)) {
                break;
            }
            i += width(c);
        }
        return i;
    }

    /** Skips at most {@code limit} characters of the classes in a mask. */
    static int skip(char[] text, int from, int to, int mask, int limit) {
        int i = from;
        for (int n = 0; n < limit && i < to; n++) {
            int c = codePoint(text, i, to);
            if (!is(c, mask)) {
                break;
            }
            i += width(c);
        }
        return i;
    }

    /** Skips the characters that are in none of the classes of a mask. */
    static int skipOthers(char[] text, int from, int to, int mask) {
        int i = from;
        while (i < to) {
            int c = codePoint(text, i, to);
            if (is(c, mask)) {
                break;
            }
            i += width(c);
        }
        return i;
    }

    /**
     * Matches {@code ?[^\s\p{L}\p{N}]+} with an optional space in front; returns {@code from} where it does not match.
     */
    static int symbols(char[] text, int from, int to, int excluded) {
        int start = text[from] == ' ' ? from + 1 : from;
        int end = skipOthers(text, start, to, excluded);
        return end > start ? end : from;
    }

    /** Matches {@code \s*[\r\n]+|\s+(?!\S)|\s+} where a white-space character stands. */
    static int whiteSpace(char[] text, int from, int to, boolean cutAtNewlines) {
        int run = skip(text, from, to, SPACE);
        if (cutAtNewlines) {
            for (int i = run; i > from; i--) {
                if (is(text[i - 1], NEWLINE)) {
                    return i;
                }
            }
        }
        // Where a word follows, the last space is left to it.
        return run == to || run == from + 1 ? run : run - 1;
    }

    /** Tells whether {@code [^\r\n\p{L}\p{N}]} matches a character. */
    static boolean mayLeadWord(int codePoint) {
        return !is(codePoint, LETTER | NUMBER | NEWLINE);
    }

    /**
     * Matches an English contraction, {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)}; returns {@code from} where there is none.
     *
     * @param anyCase whether capitals count, and the long s, which is an s to a pattern that ignores case
     */
    static int contraction(char[] text, int from, int to, boolean anyCase) {
        if (to - from < 2 || text[from] != '\'') {
            return from;
        }
        char a = lower(text[from + 1], anyCase);
        if (a == 's' || a == 't' || a == 'm' || a == 'd') {
            return from + 2;
        }
        if (to - from < 3) {
            return from;
        }
        char b = lower(text[from + 2], anyCase);
        boolean found = (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l');
        return found ? from + 3 : from;
    }

    private static char lower(char c, boolean anyCase) {
        if (!anyCase) {
            return c;
        }
        return c == 0x17f ? 's' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
