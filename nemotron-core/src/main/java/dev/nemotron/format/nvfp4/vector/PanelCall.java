package dev.nemotron.format.nvfp4.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels of one product share: where the sums go, and an array that holds the sums of a few inputs and these inputs,
 * then a block of decoded panels, the sums of many inputs and these inputs. Kept from call to call, since a product runs too
 * often to leave anything on the heap.
 */
final class PanelCall {

    /** Where the sums of a few inputs begin. */
    static final int SUMS = Scratch.START;

    /** Where a few inputs begin. */
    static final int INPUTS = SUMS + PanelDots4.INPUTS * PanelDots.PANELS * Panels.ROWS;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

    /** From the order of columns to that of the sums: the halves of a line alternate. */
    private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(
            FLOATS, i -> i / Panels.LINE_COLUMNS * Panels.LINE_COLUMNS + i % 2 * 4 + i % Panels.LINE_COLUMNS / 2);

    private final PanelPacker packer = new PanelPacker();
    private @Nullable StoredMatrix matrix;
    private @Nullable MemorySegment out;
    private float[] memory = {};
    private int columns;
    private int many;
    private int fromRow;
    private int toRow;
    private long outOffset;
    private long outStride;

    /**
     * Begins a product.
     *
     * @param many the inputs that are multiplied by tiles, a multiple of {@link PanelTile#INPUTS}
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
        this.many = many;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.outOffset = outOffset;
        this.outStride = outStride;
        int end = many == 0 ? codes() : manyInput(many);
        this.memory = scratch.floats(end - Scratch.START);
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

    /** Where the values of a block of columns of the decoded panels begin. */
    int codes() {
        return INPUTS + columns * PanelDots4.INPUTS;
    }

    /** Where the scales of a block of columns of the decoded panels begin. */
    int scales() {
        return codes() + PanelTile.COLUMNS * PanelTile.ROWS;
    }

    /** Where the sums of many inputs begin, [many][{@link PanelTile#ROWS}]. */
    int manySums() {
        return scales() + PanelTile.COLUMNS / Panels.BLOCK * PanelTile.ROWS;
    }

    /** Where one of many inputs begins. */
    int manyInput(int input) {
        return manySums() + many * PanelTile.ROWS + input * stride();
    }

    /** From one of many inputs to the next: whole lines of the cache, an odd number, or all would share the same few. */
    int stride() {
        return (columns / Panels.BLOCK | 1) * Panels.BLOCK;
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

    /** Copies many inputs with their columns in the order of the sums; the last one also in place of those that are missing. */
    void arrangeMany(MemorySegment x, long xOffset, int inputs) {
        for (int t = 0; t < many; t++) {
            int to = manyInput(t);
            long from = xOffset + (long) Math.min(t, inputs - 1) * columns;
            MemorySegment.copy(x, JAVA_FLOAT, from * Float.BYTES, memory, to, columns);
            for (int c = to; c < to + columns; c += Panels.BLOCK) {
                FloatVector.fromArray(FLOATS, memory, c).rearrange(ORDER).intoArray(memory, c);
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
