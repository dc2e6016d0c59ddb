package dev.nemotron.checkpoint;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether an entry of an exclusion list means a module (quantisation specification 1.1): by its exact name, by a pattern
 * with {@code *} and {@code ?}, by a regular expression after {@code re:} that fits the beginning of the name, or, in old
 * files, by being part of the name.
 */
final class ModulePattern {

    private static final String REGEX = "re:";
    private static final int MAX_REGEX = 256;
    private static final int MAX_NAME = 512;
    private static final int MAX_READS = 100_000;

    private ModulePattern() {}

    /**
     * Matches.
     *
     * @param pattern the entry
     * @param module the module's full name
     * @return whether the entry means the module; false for a regular expression that is malformed or takes too long
     */
    static boolean matches(String pattern, String module) {
        if (pattern.startsWith(REGEX)) {
            return regex(pattern.substring(REGEX.length()), module);
        }
        if (pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0) {
            return glob(pattern, module);
        }
        return !pattern.isEmpty() && module.contains(pattern);
    }

    /** Linear in the product of both lengths: only the last star is ever reconsidered. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int t = 0; t < text.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean regex(String regex, String module) {
        if (regex.length() > MAX_REGEX || module.length() > MAX_NAME) {
            return false;
        }
        try {
            return Pattern.compile(regex).matcher(new Metered(module)).lookingAt();
        } catch (PatternSyntaxException | TooManyReads e) {
            return false;
        }
    }

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyReads() {
            super("regular expression takes too long", null, false, false);
        }
    }

    /** A text that ends a regular expression which backtracks without end. */
    private static final class Metered implements CharSequence {
        private final CharSequence text;
        private int reads;

        Metered(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
