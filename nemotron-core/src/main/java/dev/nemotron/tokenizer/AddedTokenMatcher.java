package dev.nemotron.tokenizer;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds added tokens in a text, leftmost first and the longest where several begin. The tokens are kept sorted, and a
 * match narrows the range of those that begin as the text does, character by character.
 */
final class AddedTokenMatcher {

    /** Takes the parts of a text, in order. */
    interface Parts {

        /** Takes a stretch of ordinary text, which is never empty. */
        void text(int from, int to);

        /** Takes a token that was found. */
        void token(AddedToken token);
    }

    private final String[] contents;
    private final AddedToken[] tokens;
    /** One bit for each UTF-16 unit that a token begins with. */
    private final long[] firstUnits = new long[(Character.MAX_VALUE + 1) / Long.SIZE];

    /**
     * Creates a matcher.
     *
     * @param tokens the tokens
     * @param contents the text of each as it is looked for; empty ones are never found
     */
    AddedTokenMatcher(List<AddedToken> tokens, List<String> contents) {
        TreeMap<String, AddedToken> sorted = new TreeMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (!contents.get(i).isEmpty()) {
                sorted.putIfAbsent(contents.get(i), tokens.get(i));
            }
        }
        this.contents = sorted.keySet().toArray(new String[0]);
        this.tokens = sorted.values().toArray(new AddedToken[0]);
        for (String content : this.contents) {
            firstUnits[content.charAt(0) >> 6] |= 1L << content.charAt(0);
        }
    }

    boolean isEmpty() {
        return contents.length == 0;
    }

    /**
     * Cuts a text region at the tokens in it.
     *
     * @param trusted where tokens are recognised, null for everywhere
     */
    void split(char[] text, int from, int to, @Nullable TrustedRanges trusted, Parts out) {
        int open = from;
        for (int i = from; i < to; ) {
            int found =
                    startsToken(text[i]) ? longestAt(text, i, trusted == null ? to : Math.min(to, trusted.end(i))) : -1;
            if (found < 0) {
                i++;
                continue;
            }
            int start = i;
            int end = i + contents[found].length();
            i = end;
            AddedToken token = tokens[found];
            if (token.singleWord() && touchesWord(text, from, start, end, to)) {
                continue;
            }
            if (token.lstrip()) {
                start = Math.max(open, skipSpaceBack(text, from, start));
            }
            if (token.rstrip()) {
                end = WordPattern.skip(text, end, to, CharacterClasses.SPACE);
            }
            if (open < start) {
                out.text(open, start);
            }
            out.token(token);
            open = end;
        }
        if (open < to) {
            out.text(open, to);
        }
    }

    private boolean startsToken(char unit) {
        return (firstUnits[unit >> 6] & (1L << unit)) != 0;
    }

    private int longestAt(char[] text, int from, int to) {
        int low = 0;
        int high = contents.length;
        int longest = -1;
        for (int depth = 0; from + depth < to && low < high; depth++) {
            char unit = text[from + depth];
            low = firstAtLeast(low, high, depth, unit);
            high = firstAtLeast(low, high, depth, unit + 1);
            if (low < high && contents[low].length() == depth + 1) {
                longest = low;
            }
        }
        return longest;
    }

    /**
     * Returns the first content of a range, all of which agree before {@code depth}, whose unit there is not smaller.
     */
    private int firstAtLeast(int low, int high, int depth, int unit) {
        while (low < high) {
            int middle = (low + high) >>> 1;
            String content = contents[middle];
            if (content.length() <= depth || content.charAt(depth) < unit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean touchesWord(char[] text, int from, int start, int end, int to) {
        return (start > from
                        && CharacterClasses.is(Character.codePointBefore(text, start, from), CharacterClasses.WORD))
                || (end < to && CharacterClasses.is(Character.codePointAt(text, end, to), CharacterClasses.WORD));
    }

    private static int skipSpaceBack(char[] text, int from, int to) {
        int i = to;
        while (i > from && CharacterClasses.is(text[i - 1], CharacterClasses.SPACE)) {
            i--;
        }
        return i;
    }
}
