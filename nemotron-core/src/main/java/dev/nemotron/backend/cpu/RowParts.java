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
     * @param rows the rows of the matrix
     * @param inputs how many vectors it is multiplied with
     * @param threads who takes the parts
     * @return the rows of every part but the last, which may have fewer: a multiple of {@link #WHOLE} where that leaves a part
     *     for each thread, else as many multiples of {@link #ALIGNED} as give each thread at most one part
     */
    static int size(int rows, int inputs, int threads) {
        if (rows < WHOLE * threads) {
            return upTo(Math.ceilDiv(rows, threads), ALIGNED);
        }
        int parts = (inputs < MANY_INPUTS ? 8 : 2) * threads;
        return upTo(Math.ceilDiv(rows, parts), WHOLE);
    }

    private static int upTo(int wanted, int multiple) {
        return Math.ceilDiv(wanted, multiple) * multiple;
    }
}
