package dev.nemotron.backend.cpu;

/** How the rows of a matrix are cut into the parts of a job. */
final class RowParts {

    /** Rows that every kernel takes whole: six panels of sixteen. */
    private static final int WHOLE = 96;

    /** The fewest rows worth a part: one panel. */
    private static final int FEWEST = 16;

    /** Inputs from which a part first brings them into another order, which many rows must pay for. */
    private static final int MANY_INPUTS = 6;

    private RowParts() {}

    /**
     * Chooses the rows of a part.
     *
     * @param rows the rows of the matrix
     * @param inputs how many vectors it is multiplied with
     * @param threads who takes the parts
     * @return the rows of every part but the last, which may have fewer
     */
    static int size(int rows, int inputs, int threads) {
        int parts = (inputs < MANY_INPUTS ? 8 : 2) * threads;
        int wanted = Math.ceilDiv(rows, parts);
        int multiple = wanted < WHOLE ? FEWEST : WHOLE;
        return Math.ceilDiv(wanted, multiple) * multiple;
    }
}
