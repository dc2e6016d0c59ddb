package dev.nemotron.tokenizer;

/** What becomes of the stretches that a split pattern matched. */
enum SplitBehavior {
    /** A match is dropped. */
    REMOVED,
    /** A match is a piece of its own. */
    ISOLATED,
    /** A match is the end of the piece before it. */
    MERGED_WITH_PREVIOUS,
    /** A match is the beginning of the piece after it. */
    MERGED_WITH_NEXT,
    /** Adjacent matches form one piece. */
    CONTIGUOUS;

    /**
     * Cuts a text region.
     *
     * @param pattern the pattern
     * @param invert whether what it does not match counts as the match
     */
    void split(SplitPattern pattern, boolean invert, char[] text, int from, int to, boolean first, PieceSink out) {
        if (this == ISOLATED) {
            pattern.find(text, from, to, (a, b, match) -> emit(text, a, b, first && a == from, out));
        } else if (this == REMOVED) {
            pattern.find(text, from, to, (a, b, match) -> {
                if (match == invert) {
                    emit(text, a, b, first && a == from, out);
                }
            });
        } else {
            Joiner joiner = new Joiner(this, text, from, first, out);
            pattern.find(text, from, to, (a, b, match) -> joiner.stretch(a, b, match != invert));
            joiner.flush();
        }
    }

    private static void emit(char[] text, int from, int to, boolean first, PieceSink out) {
        if (from < to) {
            out.piece(text, from, to, first);
        }
    }

    /** Holds back one piece until it is known whether the next stretch belongs to it. */
    private static final class Joiner implements SplitPattern.Stretches {
        private final SplitBehavior behavior;
        private final char[] text;
        private final int begin;
        private final boolean first;
        private final PieceSink out;
        private int from;
        private int to;
        private boolean lastIsMatch;

        Joiner(SplitBehavior behavior, char[] text, int begin, boolean first, PieceSink out) {
            this.behavior = behavior;
            this.text = text;
            this.begin = begin;
            this.first = first;
            this.out = out;
            this.from = begin;
            this.to = begin;
        }

        @Override
        public void stretch(int a, int b, boolean match) {
            boolean joins = switch (behavior) {
                case MERGED_WITH_PREVIOUS -> match && !lastIsMatch;
                case MERGED_WITH_NEXT -> !match && lastIsMatch;
                default -> match == lastIsMatch;
            };
            if (!joins) {
                flush();
                from = a;
            }
            to = b;
            lastIsMatch = match;
        }

        void flush() {
            emit(text, from, to, first && from == begin, out);
        }
    }
}
