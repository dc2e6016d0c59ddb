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
        int many = many(rows);
        int places = many < rows ? many + together(rows - many) : many;
        PanelCall call = scratch.kept(PanelCall.class, PanelCall::new);
        call.begin(matrix, fromRow, toRow, out, outOffset, outStride, many, places, scratch);
        call.arrange(x, xOffset, rows);
        if (prepared) {
            int first = fromRow / Panels.ROWS;
            int count = Panels.count(toRow) - first;
            long at = first * Panels.bytes(matrix.columns());
            multiply(call, matrix.codes(), at, first * Panels.ROWS, count, many, rows);
            return;
        }
        for (int row = fromRow; row < toRow; row += BAND * Panels.ROWS) {
            int count = Math.min(BAND, Panels.count(toRow - row));
            for (int p = 0; p < count; p++) {
                long at = p * Panels.bytes(matrix.columns());
                call.packer().pack(matrix, row + p * Panels.ROWS, toRow, scratch.segment(), at);
            }
            multiply(call, scratch.segment(), 0, row, count, many, rows);
        }
    }

    /** Multiplies {@code count} panels, the first of which is that of {@code row}, with all inputs. */
    private static void multiply(PanelCall call, MemorySegment w, long at, int row, int count, int many, int rows) {
        if (many > 0) {
            multiplyMany(call, w, at, row, count, many, rows);
        }
        int rest = rows - many;
        if (rest > 0) {
            switch (together(rest)) {
                case PanelDots4.INPUTS -> multiplyFour(call, w, at, row, count, many, rest);
                case PanelDots2.INPUTS -> multiplyTwo(call, w, at, row, count, many);
                default -> multiplyOne(call, w, at, row, count, many);
            }
        }
    }

    /** The inputs of the kernel that takes a few at once. */
    private static int together(int inputs) {
        return inputs <= PanelDots2.INPUTS ? inputs : PanelDots4.INPUTS;
    }

    /** The inputs that tiles multiply, rounded up where most of the last tile is used. */
    private static int many(int rows) {
        int rest = rows % PanelTile.INPUTS;
        boolean fill = rows < PanelTile.INPUTS ? rest > PanelDots4.INPUTS : rest > PanelDots2.INPUTS;
        return rows - rest + (fill ? PanelTile.INPUTS : 0);
    }

    private static void multiplyMany(PanelCall call, MemorySegment w, long at, int row, int count, int many, int rows) {
        for (int p = 0; p < count; p += PanelTile.PANELS) {
            accumulateMany(call, w, at, p, count - 1, many);
            for (int t = 0; t < many; t += PanelTile.INPUTS) {
                int sums = PanelCall.MANY_SUMS + t * PanelTile.ROWS;
                int inputs = Math.min(PanelTile.INPUTS, rows - t);
                call.store(row, p, 1, count - 1, PanelTile.PANELS, t, inputs, sums);
            }
        }
    }

    /** Sums two panels with all inputs, one block of decoded columns after the other. */
    private static void accumulateMany(PanelCall call, MemorySegment w, long at, int panel, int last, int many) {
        long bytes = Panels.bytes(call.columns());
        Arrays.fill(call.memory(), PanelCall.MANY_SUMS, PanelCall.MANY_SUMS + many * PanelTile.ROWS, 0);
        for (int first = 0; first < call.columns(); first += PanelTile.COLUMNS) {
            int columns = Math.min(PanelTile.COLUMNS, call.columns() - first);
            for (int i = 0; i < PanelTile.PANELS; i++) {
                PanelDecoder.decode(
                        w,
                        at + Math.min(panel + i, last) * bytes,
                        first / Panels.BLOCK,
                        columns / Panels.BLOCK,
                        call.memory(),
                        PanelCall.CODES + i * Panels.ROWS,
                        PanelCall.SCALES + i * Panels.ROWS,
                        PanelTile.ROWS);
            }
            for (int t = 0; t < many; t += PanelTile.INPUTS) {
                PanelTile.multiply(
                        columns,
                        call.memory(),
                        PanelCall.CODES,
                        PanelCall.SCALES,
                        call.input(t) + first * PanelTile.INPUTS,
                        call.input(t) + (call.columns() + first / Panels.BLOCK) * PanelTile.INPUTS,
                        PanelCall.MANY_SUMS + t * PanelTile.ROWS);
            }
        }
    }

    private static void multiplyOne(PanelCall call, MemorySegment w, long at, int row, int count, int input) {
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
                    call.input(input),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots.PANELS, input, 1, PanelCall.SUMS);
        }
    }

    private static void multiplyTwo(PanelCall call, MemorySegment w, long at, int row, int count, int input) {
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
                    call.input(input),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots2.PANELS, input, PanelDots2.INPUTS, PanelCall.SUMS);
        }
    }

    private static void multiplyFour(
            PanelCall call, MemorySegment w, long at, int row, int count, int input, int inputs) {
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
                    call.input(input),
                    PanelCall.SUMS);
            call.store(row, p, far, last, PanelDots4.PANELS, input, inputs, PanelCall.SUMS);
        }
    }
}
