package dev.nemotron.kernel.vector;

/** Puts inputs that are multiplied together side by side, column by column, so that a kernel reads one run of memory. */
public final class Interleaving {

    private Interleaving() {}

    /**
     * Interleaves six inputs.
     *
     * @param columns how many columns
     * @param memory holds everything
     * @param from where the first input begins
     * @param stride from one input to the next
     * @param to where they go, [columns][6]
     */
    public static void interleaveSix(int columns, float[] memory, int from, int stride, int to) {
        int from1 = from + stride;
        int from2 = from1 + stride;
        int from3 = from2 + stride;
        int from4 = from3 + stride;
        int from5 = from4 + stride;
        for (int c = 0; c < columns; c++) {
            int at = to + c * 6;
            memory[at] = memory[from + c];
            memory[at + 1] = memory[from1 + c];
            memory[at + 2] = memory[from2 + c];
            memory[at + 3] = memory[from3 + c];
            memory[at + 4] = memory[from4 + c];
            memory[at + 5] = memory[from5 + c];
        }
    }

    /**
     * Interleaves five inputs.
     *
     * @param columns how many columns
     * @param memory holds everything
     * @param from where the first input begins
     * @param stride from one input to the next
     * @param to where they go, [columns][5]
     */
    public static void interleaveFive(int columns, float[] memory, int from, int stride, int to) {
        int from1 = from + stride;
        int from2 = from1 + stride;
        int from3 = from2 + stride;
        int from4 = from3 + stride;
        for (int c = 0; c < columns; c++) {
            int at = to + c * 5;
            memory[at] = memory[from + c];
            memory[at + 1] = memory[from1 + c];
            memory[at + 2] = memory[from2 + c];
            memory[at + 3] = memory[from3 + c];
            memory[at + 4] = memory[from4 + c];
        }
    }

    /**
     * Interleaves any number of inputs.
     *
     * @param columns how many columns
     * @param memory holds everything
     * @param from where the first input begins
     * @param stride from one input to the next
     * @param to where they go, [columns][inputs]
     * @param inputs how many inputs
     */
    public static void interleave(int columns, float[] memory, int from, int stride, int to, int inputs) {
        for (int c = 0; c < columns; c++) {
            for (int i = 0; i < inputs; i++) {
                memory[to + c * inputs + i] = memory[from + i * stride + c];
            }
        }
    }
}
