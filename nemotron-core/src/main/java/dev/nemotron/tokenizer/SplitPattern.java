package dev.nemotron.tokenizer;

import java.util.function.IntPredicate;

/** Finds where a pattern matches and where it does not. */
interface SplitPattern {

    /** Takes the alternating stretches of a text, in order and without gaps. */
    interface Stretches {

        /** Takes the stretch from {@code from} to {@code to} (exclusive), which the pattern matched or not. */
        void stretch(int from, int to, boolean match);
    }

    /** Reports the stretches of a text region, looked at as if nothing stood around it. */
    void find(char[] text, int from, int to, Stretches out);

    /** Matches each single character that satisfies a condition. */
    static SplitPattern character(IntPredicate condition) {
        return (text, from, to, out) -> {
            int open = from;
            for (int i = from; i < to; ) {
                int codePoint = Character.codePointAt(text, i, to);
                int next = i + Character.charCount(codePoint);
                if (condition.test(codePoint)) {
                    if (open < i) {
                        out.stretch(open, i, false);
                    }
                    out.stretch(i, next, true);
                    open = next;
                }
                i = next;
            }
            if (open < to) {
                out.stretch(open, to, false);
            }
        };
    }

    /** Matches each occurrence of a text that is not empty. */
    static SplitPattern literal(String wanted) {
        char[] needle = wanted.toCharArray();
        return (text, from, to, out) -> {
            int open = from;
            for (int i = from; i + needle.length <= to; ) {
                if (!startsWith(text, i, needle)) {
                    i++;
                    continue;
                }
                if (open < i) {
                    out.stretch(open, i, false);
                }
                i += needle.length;
                out.stretch(i - needle.length, i, true);
                open = i;
            }
            if (open < to) {
                out.stretch(open, to, false);
            }
        };
    }

    private static boolean startsWith(char[] text, int at, char[] needle) {
        for (int k = 0; k < needle.length; k++) {
            if (text[at + k] != needle[k]) {
                return false;
            }
        }
        return true;
    }
}
