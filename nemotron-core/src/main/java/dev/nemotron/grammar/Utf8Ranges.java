package dev.nemotron.grammar;

/**
 * Cuts ranges of code points into sequences of byte ranges, as in R. Cox, "Regular Expression Matching in the Wild" (2010):
 * every combination of one byte of each range is the UTF-8 of a code point in the range, and all code points are covered.
 */
final class Utf8Ranges {

    private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF};

    /** Takes the sequences. */
    @FunctionalInterface
    interface Sink {
        /** Takes one; {@code low[i]} to {@code high[i]} for each of {@code length} bytes, arrays that are used again. */
        void sequence(int[] low, int[] high, int length);
    }

    private final Sink sink;
    private final int[] lows = new int[4];
    private final int[] highs = new int[4];

    private Utf8Ranges(Sink sink) {
        this.sink = sink;
    }

    /** Cuts a set; surrogates in it are left out. */
    static void cut(CodePoints set, Sink sink) {
        Utf8Ranges ranges = new Utf8Ranges(sink);
        CodePoints characters = set.and(CodePoints.ANY);
        for (int i = 0; i < characters.ranges(); i++) {
            ranges.cut(characters.low(i), characters.high(i));
        }
    }

    private void cut(int low, int high) {
        for (int last : LAST_OF_LENGTH) {
            if (low <= last && last < high) {
                cut(low, last);
                cut(last + 1, high);
                return;
            }
        }
        if (low > 0x7F) {
            for (int bits = 6; bits <= 18; bits += 6) {
                int mask = (1 << bits) - 1;
                if ((low & ~mask) == (high & ~mask)) {
                    continue;
                }
                if ((low & mask) != 0) {
                    cut(low, low | mask);
                    cut((low | mask) + 1, high);
                    return;
                }
                if ((high & mask) != mask) {
                    cut(low, (high & ~mask) - 1);
                    cut(high & ~mask, high);
                    return;
                }
            }
        }
        int length = encode(low, lows);
        encode(high, highs);
        sink.sequence(lows, highs, length);
    }

    /** Writes the UTF-8 of a code point and returns its length. */
    static int encode(int point, int[] bytes) {
        if (point <= 0x7F) {
            bytes[0] = point;
            return 1;
        }
        int length = point <= 0x7FF ? 2 : point <= 0xFFFF ? 3 : 4;
        int rest = point;
        for (int i = length - 1; i > 0; i--) {
            bytes[i] = 0x80 | (rest & 0x3F);
            rest >>>= 6;
        }
        bytes[0] = ((0xF00 >> length) & 0xFF) | rest;
        return length;
    }
}
