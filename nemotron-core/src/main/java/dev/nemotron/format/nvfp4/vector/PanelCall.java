package dev.nemotron.format.nvfp4.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels of one product share: where the sums go, and an array that holds the sums of a few inputs, a block of
 * decoded panels, the sums of many inputs, and all inputs. Kept from call to call, since a product runs too
 * often to leave anything on the heap.
 */
final class PanelCall {

    /** Where the sums of a few inputs begin. */
    static final int SUMS = Scratch.START;

    /** Where the values of a block of columns of decoded panels begin. */
    static final int CODES = SUMS + PanelDots4.INPUTS * PanelDots.PANELS * Panels.ROWS;

    /** Where the scales of a block of columns of decoded panels begin. */
    static final int SCALES = CODES + PanelTile.COLUMNS * PanelTile.ROWS;

    /** Where the sums of many inputs begin, [many][{@link PanelTile#ROWS}]. */
    static final int MANY_SUMS = SCALES + PanelTile.COLUMNS / Panels.BLOCK * PanelTile.ROWS;

    private final PanelPacker packer = new PanelPacker();
    private @Nullable StoredMatrix matrix;
    private @Nullable MemorySegment out;
    private float[] memory = {};
    private int columns;
    private int many;
    private int places;
    private int fromRow;
    private int toRow;
    private long outOffset;
    private long outStride;

    /**
     * Begins a product.
     *
     * @param many the inputs that are multiplied by tiles, a multiple of {@link PanelTile#INPUTS}
     * @param places the inputs with those that are repeated to fill the last kernel
     */
    void begin(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment out,
            long outOffset,
            long outStride,
            int many,
            int places,
            Scratch scratch) {
        this.matrix = matrix;
        this.out = out;
        this.columns = matrix.columns();
        this.many = many;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.outOffset = outOffset;
        this.outStride = outStride;
        this.places = places;
        this.memory = scratch.floats(input(places + 1) - Scratch.START);
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

    /** Where the inputs that are multiplied together with this one, the first of them, begin. */
    int input(int input) {
        return MANY_SUMS + many * PanelTile.ROWS + input * PanelInputs.size(columns);
    }

    /**
     * Arranges the inputs: first those of the tiles, so many together, then the rest together. The last one is also put in the
     * places beyond it.
     */
    void arrange(MemorySegment x, long xOffset, int inputs) {
        int row = input(places);
        for (int t = 0; t < places; t++) {
            int together = t < many ? PanelTile.INPUTS : places - many;
            int within = t < many ? t % PanelTile.INPUTS : t - many;
            long from = xOffset + (long) Math.min(t, inputs - 1) * columns;
            PanelInputs.arrange(x, from, columns, memory, row, input(t - within), together, within);
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
     * @param sums where the sums begin, [inputs][panels][16]
     */
    void store(int row, int panel, int far, int last, int panels, int input, int inputs, int sums) {
        for (int t = 0; t < inputs; t++) {
            for (int i = 0; i < panels; i++) {
                int which = Math.min(panel + i * far, last);
                store(row + which * Panels.ROWS, input + t, sums + (t * panels + i) * Panels.ROWS);
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
            to.setAtIndex(JAVA_FLOAT, at + m, memory[sums + m - row] * factor);
        }
    }
}
