package dev.nemotron.backend.cpu;

/** How the rows of a matrix are cut into the parts of a job. */
final class RowParts {

    /**
     * Rows that every kernel takes whole: six panels of sixteen. A part of fewer costs as much, since the kernel of six panels
     * then computes some of them several times.
     */
    static final int WHOLE = 96;

    /** Rows that the kernel of long prompts takes whole. */
    private static final int WHOLE_OF_PROMPTS = 64;

    /** Rows that are stored together: one panel. Two parts never share them. */
    static final int ALIGNED = 16;

    /** The most parts of a thread: where more would be better, the difference is small. */
    private static final int MOST_ROUNDS = 16;

    private RowParts() {}

    /**
     * Chooses the rows of a part: many, since each part begins with reading its inputs, and its streams of weights with waiting
     * for the memory; but so few that the threads finish at about the same time.
     *
     * @param rows the rows of a matrix
     * @param matrices how many of them are cut like this in one job
     * @param threads who takes the parts
     * @return the rows of every part but the last of a matrix, which may have fewer: a multiple of {@link #WHOLE} where all
     *     rows are that many for each thread, else as many times {@link #ALIGNED} as make one part for a thread
     */
    static int size(int rows, int matrices, int threads) {
        return size(rows, matrices, threads, WHOLE);
    }

    /**
     * Chooses the rows of a part where rows of long prompts are multiplied.
     *
     * @param rows the rows of the matrix
     * @param threads who takes the parts
     * @return the rows of every part but the last, which may have fewer
     */
    static int forPrompts(int rows, int threads) {
        return size(rows, 1, threads, WHOLE_OF_PROMPTS);
    }

    private static int size(int rows, int matrices, int threads, int whole) {
        long all = (long) rows * matrices;
        if (all < (long) whole * threads) {
            return upTo((int) Math.max(1, Math.ceilDiv(all, threads)), ALIGNED);
        }
        int wholes = Math.ceilDiv(rows, whole);
        int best = 1;
        long least = Long.MAX_VALUE;
        for (int rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
            int size = Math.ceilDiv(wholes, Math.clamp((long) rounds * threads / matrices, 1, wholes));
            long cost = cost(size, Math.ceilDiv(wholes, size) * matrices, threads);
            if (cost < least) {
                best = size;
                least = cost;
            }
        }
        return best * whole;
    }

    /**
     * How long a job takes, in quarters of the time of {@link #WHOLE} rows: the parts of the busiest thread, two quarters to begin
     * each, and a quarter of a part for the thread that begins its last one late.
     */
    private static long cost(int wholes, int parts, int threads) {
        return (4L * wholes + 2) * Math.ceilDiv(parts, threads) + wholes;
    }

    private static int upTo(int wanted, int multiple) {
        return Math.ceilDiv(wanted, multiple) * multiple;
    }
}
