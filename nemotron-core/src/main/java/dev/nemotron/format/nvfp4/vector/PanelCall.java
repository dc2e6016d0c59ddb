package dev.nemotron.format.nvfp4.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels of one product share: where the sums go, and an array that holds, from its beginning, the sums, then
 * either a few inputs or the tile of decoded panels with all inputs. Kept from call to call, since a product runs too often
 * to leave anything on the heap.
 */
final class PanelCall {

    /** Where the sums begin. */
    static final int SUMS = Scratch.START;

    /** Where the inputs of {@link PanelDots} and its like begin. */
    static final int INPUTS = SUMS + PanelTile.INPUTS * PanelTile.ROWS;

    /** Where the values of the decoded panels begin. */
    static final int CODES = INPUTS;

    private final PanelPacker packer = new PanelPacker();
    private @Nullable StoredMatrix matrix;
    private @Nullable MemorySegment out;
    private float[] memory = {};
    private int columns;
    private int fromRow;
    private int toRow;
    private long outOffset;
    private long outStride;

    /**
     * Begins a product.
     *
     * @param many the inputs that are multiplied by tiles
     */
    void begin(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment out,
            long outOffset,
            long outStride,
            int many,
            Scratch scratch) {
        this.matrix = matrix;
        this.out = out;
        this.columns = matrix.columns();
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.outOffset = outOffset;
        this.outStride = outStride;
        int few = INPUTS + columns * PanelDots4.INPUTS;
        this.memory = scratch.floats(many == 0 ? few : Math.max(few, manyInputs() + many * columns));
    }

    PanelPacker packer() {
        return packer;
    }

    float[] memory() {
        return memory;
    }

    int columns() {
        return columns;
    }

    int blocks() {
        return columns / Panels.BLOCK;
    }

    /** Where the scales of the decoded panels begin. */
    int scales() {
        return CODES + columns * PanelTile.ROWS;
    }

    /** Where the inputs of {@link PanelTile} begin. */
    int manyInputs() {
        return scales() + blocks() * PanelTile.ROWS;
    }

    /** Copies a few inputs as [columns][together], zeros for those that there are not. */
    void interleave(MemorySegment x, long xOffset, int inputs, int together) {
        if (together == 1) {
            MemorySegment.copy(x, JAVA_FLOAT, xOffset * Float.BYTES, memory, INPUTS, columns);
            return;
        }
        for (int t = 0; t < inputs; t++) {
            for (int c = 0; c < columns; c++) {
                memory[INPUTS + c * together + t] = x.getAtIndex(JAVA_FLOAT, xOffset + (long) t * columns + c);
            }
        }
        for (int t = inputs; t < together; t++) {
            for (int c = 0; c < columns; c++) {
                memory[INPUTS + c * together + t] = 0;
            }
        }
    }

    /** Copies many inputs as groups of [columns][{@link PanelTile#INPUTS}], columns in the order of the sums. */
    void interleaveMany(MemorySegment x, long xOffset, int inputs) {
        int half = Panels.LINE_COLUMNS / 2;
        for (int t = 0; t < inputs; t++) {
            int group = t / PanelTile.INPUTS * PanelTile.INPUTS;
            int first = manyInputs() + group * columns + t - group;
            for (int line = 0; line < columns; line += Panels.LINE_COLUMNS) {
                long from = xOffset + (long) t * columns + line;
                for (int i = 0; i < half; i++) {
                    int to = first + (line + 2 * i) * PanelTile.INPUTS;
                    memory[to] = x.getAtIndex(JAVA_FLOAT, from + i);
                    memory[to + PanelTile.INPUTS] = x.getAtIndex(JAVA_FLOAT, from + half + i);
                }
            }
        }
    }

    /**
     * Writes the sums of panels that lie apart.
     *
     * @param row the first row of panel 0
     * @param panel the first panel
     * @param far panels from one to the next
     * @param last the last panel, which stands for those beyond it
     * @param panels how many
     * @param input the first input
     * @param inputs how many
     */
    void store(int row, int panel, int far, int last, int panels, int input, int inputs) {
        for (int t = 0; t < inputs; t++) {
            for (int i = 0; i < panels; i++) {
                int which = Math.min(panel + i * far, last);
                store(row + which * Panels.ROWS, input + t, (t * panels + i) * Panels.ROWS);
            }
        }
    }

    /** Writes the sums of one panel and one input, times the factor. */
    private void store(int row, int input, int sums) {
        MemorySegment to = Objects.requireNonNull(out);
        float factor = Objects.requireNonNull(matrix).factor();
        int end = Math.min(row + Panels.ROWS, toRow);
        long at = outOffset + input * outStride;
        for (int m = Math.max(row, fromRow); m < end; m++) {
            to.setAtIndex(JAVA_FLOAT, at + m, memory[SUMS + sums + m - row] * factor);
        }
    }
}
