package dev.nemotron.backend.cpu;

/** How the rows of a matrix are cut into the parts of a job. */
final class RowParts {

    /**
     * Rows that every kernel takes whole: six panels of sixteen. A part of fewer costs as much, since the kernel of six panels
     * then computes some of them several times.
     */
    static final int WHOLE = 96;

    /** Rows that are stored together: one panel. Two parts never share them. */
    static final int ALIGNED = 16;

    /** Inputs from which a part first brings them into another order, which many rows must pay for. */
    private static final int MANY_INPUTS = 6;

    private RowParts() {}

    /**
     * Chooses the rows of a part.
     *
     * @param rows the rows of a matrix
     * @param matrices how many of them are cut like this in one job
     * @param inputs how many vectors they are multiplied with
     * @param threads who takes the parts
     * @return the rows of every part but the last of a matrix, which may have fewer: a multiple of {@link #WHOLE} where all
     *     rows are that many for each thread, else as many times {@link #ALIGNED} as make one part for a thread
     */
    static int size(int rows, int matrices, int inputs, int threads) {
        long all = (long) rows * matrices;
        if (all < (long) WHOLE * threads) {
            return upTo((int) Math.max(1, Math.ceilDiv(all, threads)), ALIGNED);
        }
        int parts = (inputs < MANY_INPUTS ? 8 : 2) * threads;
        return upTo(Math.ceilDiv(rows, parts), WHOLE);
    }

    private static int upTo(int wanted, int multiple) {
        return Math.ceilDiv(wanted, multiple) * multiple;
    }
}
