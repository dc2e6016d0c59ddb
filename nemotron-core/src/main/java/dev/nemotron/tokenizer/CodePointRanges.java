package dev.nemotron.tokenizer;

import java.util.BitSet;

/** Sets of code points, written as hexadecimal ranges such as {@code "9fe 1abf-1ace"}. */
final class CodePointRanges {

    private CodePointRanges() {}

    static BitSet parse(String ranges) {
        BitSet set = new BitSet();
        for (String range : ranges.split(" ", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(range, 0, dash < 0 ? range.length() : dash, 16);
            int last = dash < 0 ? first : Integer.parseInt(range, dash + 1, range.length(), 16);
            set.set(first, last + 1);
        }
        return set;
    }
}
