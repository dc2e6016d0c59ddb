package dev.nemotron.format.nvfp4.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels of one product share: where the sums go, and an array that holds the sums, a block of decoded columns
 * of two panels, and all inputs. Kept from call to call, since a product runs too often to leave anything on the heap.
 */
final class PanelCall {

    /** Where the sums begin: [inputs][panels][16], of a few inputs or many. */
    static final int SUMS = Scratch.START;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final PanelPacker packer = new PanelPacker();
    private final RowProduct rowProduct = new RowProduct();
    private @Nullable StoredMatrix matrix;
    private @Nullable MemorySegment out;
    private float[] memory = {};
    private int columns;
    private int rows;
    private int together;
    private int fromRow;
    private int toRow;
    private boolean takesRows;
    private long outOffset;
    private long outStride;

    /**
     * Begins a product.
     *
     * @param rows the inputs
     * @param together the inputs that the kernel takes at once
     * @param prepared whether the codes are panels already
     */
    void begin(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment out,
            long outOffset,
            long outStride,
            int rows,
            int together,
            boolean prepared,
            Scratch scratch) {
        this.matrix = matrix;
        this.out = out;
        this.columns = matrix.columns();
        this.rows = rows;
        this.together = together;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.outOffset = outOffset;
        this.outStride = outStride;
        this.takesRows = !prepared && together == 1 && RowProduct.takes(columns);
        int floats = takesRows ? RowProduct.room(columns) : PanelInputs.room(columns, together);
        this.memory = scratch.floats(room() + floats - Scratch.START);
    }

    PanelPacker packer() {
        return packer;
    }

    /** Whether rows can be multiplied as they are stored. */
    boolean takesRows() {
        return takesRows;
    }

    RowProduct rowProduct() {
        return rowProduct;
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

    int rows() {
        return rows;
    }

    int together() {
        return together;
    }

    /** Where the sums begin of the inputs that are multiplied together with this one, the first of them, by {@link PanelTile}. */
    int sums(int input) {
        return SUMS + input * PanelTile.ROWS;
    }

    /** Where the values of a block of decoded columns begin, [columns][{@link PanelTile#ROWS}]. */
    int codes() {
        return SUMS + Math.max(places() * PanelTile.ROWS, PanelDots4.INPUTS * PanelDots.PANELS * Panels.ROWS);
    }

    /** Where the scales of a block of decoded columns begin, [columns / 16][{@link PanelTile#ROWS}]. */
    int scales() {
        return codes() + PanelTile.COLUMNS * PanelTile.ROWS;
    }

    /** Where the inputs that are multiplied together with this one, the first of them, begin. */
    int input(int input) {
        return scales() + PanelTile.COLUMNS / Panels.BLOCK * PanelTile.ROWS + input * PanelInputs.size(columns);
    }

    /** Where the memory begins in which inputs are arranged. */
    private int room() {
        return input(places());
    }

    /** The inputs with those places that the last kernel has too many. */
    private int places() {
        return Math.ceilDiv(rows, together) * together;
    }

    /** Arranges the inputs; the last one is also put in the places beyond it. */
    void arrange(MemorySegment x, long xOffset) {
        for (int t = 0; t < rows; t += together) {
            PanelInputs.arrange(x, xOffset, t, rows - 1, columns, memory, room(), input(t), together);
        }
        if (takesRows) {
            rowProduct.arrange(columns, memory, input(0), room());
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
        long at = outOffset + input * outStride;
        if (row >= fromRow && row + Panels.ROWS <= toRow) {
            FloatVector.fromArray(FLOATS, memory, sums)
                    .mul(factor)
                    .intoMemorySegment(to, (at + row) * Float.BYTES, ORDER);
            return;
        }
        int end = Math.min(row + Panels.ROWS, toRow);
        for (int m = Math.max(row, fromRow); m < end; m++) {
            to.setAtIndex(JAVA_FLOAT, at + m, memory[sums + m - row] * factor);
        }
    }
}
