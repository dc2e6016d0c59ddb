package dev.nemotron.format.nvfp4.vector;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.MatrixProduct;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The product of NVFP4 on vectors of 512 bits. Panels come from a prepared file, or are made of the rows as the checkpoint has
 * them, a few at a time, in the second cache. Few inputs are multiplied straight from the codes, which reads each once for up
 * to four of them; more are multiplied with panels that are decoded once for all. Each way gives the same bits.
 */
public final class PanelProduct implements MatrixProduct {

    /** The lanes that these kernels need. */
    public static final int LANES = Panels.ROWS;

    /** Panels that are made at a time: a multiple of those that any kernel takes together. */
    private static final int BAND = 12;

    private final boolean prepared;

    /**
     * Creates the product.
     *
     * @param prepared whether the codes of a matrix are panels already
     */
    public PanelProduct(boolean prepared) {
        this.prepared = prepared;
    }

    @Override
    public long scratch(int columns) {
        return prepared ? 0 : BAND * Panels.bytes(columns) / Float.BYTES;
    }

    @Override
    public void multiply(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch) {
        PanelCall call = scratch.kept(PanelCall.class, PanelCall::new);
        call.begin(matrix, fromRow, toRow, out, outOffset, outStride, rows, together(rows), prepared, scratch);
        call.arrange(x, xOffset);
        if (prepared) {
            int first = fromRow / Panels.ROWS;
            int count = Panels.count(toRow) - first;
            long at = first * Panels.bytes(matrix.columns());
            multiply(call, matrix.codes(), at, first * Panels.ROWS, count);
            return;
        }
        for (int row = fromRow; row < toRow; row += BAND * Panels.ROWS) {
            int count = Math.min(BAND, Panels.count(toRow - row));
            if (call.takesRows()
                    && toRow - row >= count * Panels.ROWS
                    && multiplyRows(call, matrix, row, count, scratch)) {
                continue;
            }
            for (int p = 0; p < count; p++) {
                long at = p * Panels.bytes(matrix.columns());
                call.packer().pack(matrix, row + p * Panels.ROWS, toRow, scratch.segment(), at);
            }
            multiply(call, scratch.segment(), 0, row, count);
        }
    }

    /** Multiplies one input with rows as they are stored, and tells whether that is possible. */
    private static boolean multiplyRows(PanelCall call, StoredMatrix matrix, int row, int count, Scratch scratch) {
        RowProduct product = call.rowProduct();
        if (!product.packScales(matrix, row, count, scratch.segment())) {
            return false;
        }
        for (int p = 0; p < count; p++) {
            long scales = (long) p * matrix.columns();
            product.multiply(matrix, row + p * Panels.ROWS, scratch.segment(), scales, call.memory(), PanelCall.SUMS);
            call.store(row, p, 1, count - 1, 1, 0, 1, PanelCall.SUMS);
        }
        return true;
    }

    /** How many inputs the kernel for so many takes at once. */
    private static int together(int rows) {
        return rows <= 2 ? rows : rows <= PanelDots4.INPUTS ? PanelDots4.INPUTS : PanelTile.INPUTS;
    }

    /** Multiplies {@code count} panels, the first of which is that of {@code row}, with all inputs. */
    private static void multiply(PanelCall call, MemorySegment w, long at, int row, int count) {
        switch (call.together()) {
            case 1 -> multiplyOne(call, w, at, row, count);
            case PanelDots2.INPUTS -> multiplyTwo(call, w, at, row, count);
            case PanelDots4.INPUTS -> multiplyFour(call, w, at, row, count);
            default -> multiplyMany(call, w, at, row, count);
        }
    }

    private static void multiplyMany(PanelCall call, MemorySegment w, long at, int row, int count) {
        for (int p = 0; p < count; p += PanelTile.PANELS) {
            accumulateMany(call, w, at, p, count - 1);
            for (int t = 0; t < call.rows(); t += PanelTile.INPUTS) {
                int inputs = Math.min(PanelTile.INPUTS, call.rows() - t);
                call.store(row, p, 1, count - 1, PanelTile.PANELS, t, inputs, call.sums(t));
            }
        }
    }

    /** Sums two panels with all inputs, one block of decoded columns after the other. */
    private static void accumulateMany(PanelCall call, MemorySegment w, long at, int panel, int last) {
        long bytes = Panels.bytes(call.columns());
        Arrays.fill(call.memory(), PanelCall.SUMS, call.codes(), 0);
        for (int first = 0; first < call.columns(); first += PanelTile.COLUMNS) {
            int columns = Math.min(PanelTile.COLUMNS, call.columns() - first);
            for (int i = 0; i < PanelTile.PANELS; i++) {
                PanelDecoder.decode(
                        w,
                        at + Math.min(panel + i, last) * bytes,
                        first / Panels.BLOCK,
                        columns / Panels.BLOCK,
                        call.memory(),
                        call.codes() + i * Panels.ROWS,
                        call.scales() + i * Panels.ROWS);
            }
            for (int t = 0; t < call.rows(); t += PanelTile.INPUTS) {
                PanelTile.multiply(
                        columns,
                        call.memory(),
                        call.codes(),
                        call.scales(),
                        call.input(t) + first * PanelTile.INPUTS,
                        call.input(t) + (call.columns() + first / Panels.BLOCK) * PanelTile.INPUTS,
                        call.sums(t));
            }
        }
    }

    private static void multiplyOne(PanelCall call, MemorySegment w, long at, int row, int count) {
        long panel = Panels.bytes(call.columns());
        int far = Math.ceilDiv(count, PanelDots.PANELS);
        int last = count - 1;
        for (int p = 0; p < far; p++) {
            PanelDots.accumulate(
                    w,
                    at + p * panel,
                    at + Math.min(p + far, last) * panel,
                    at + Math.min(p + 2 * far, last) * panel,
                    at + Math.min(p + 3 * far, last) * panel,
                    at + Math.min(p + 4 * far, last) * panel,
                    at + Math.min(p + 5 * far, last) * panel,
                    call.blocks(),
                    call.memory(),
                    call.input(0),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots.PANELS, 0, 1, PanelCall.SUMS);
        }
    }

    private static void multiplyTwo(PanelCall call, MemorySegment w, long at, int row, int count) {
        long panel = Panels.bytes(call.columns());
        int far = Math.ceilDiv(count, PanelDots2.PANELS);
        int last = count - 1;
        for (int p = 0; p < far; p++) {
            PanelDots2.accumulate(
                    w,
                    at + p * panel,
                    at + Math.min(p + far, last) * panel,
                    at + Math.min(p + 2 * far, last) * panel,
                    call.blocks(),
                    call.memory(),
                    call.input(0),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots2.PANELS, 0, PanelDots2.INPUTS, PanelCall.SUMS);
        }
    }

    private static void multiplyFour(PanelCall call, MemorySegment w, long at, int row, int count) {
        long panel = Panels.bytes(call.columns());
        int far = Math.ceilDiv(count, PanelDots4.PANELS);
        int last = count - 1;
        for (int p = 0; p < far; p++) {
            PanelDots4.accumulate(
                    w,
                    at + p * panel,
                    at + Math.min(p + far, last) * panel,
                    call.blocks(),
                    call.memory(),
                    call.input(0),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots4.PANELS, 0, call.rows(), PanelCall.SUMS);
        }
    }
}
