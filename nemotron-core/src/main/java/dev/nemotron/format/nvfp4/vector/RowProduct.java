package dev.nemotron.format.nvfp4.vector;

import static dev.nemotron.format.nvfp4.vector.BlockDots.BLOCKS;

import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.kernel.vector.Transposition;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * One input times rows as the checkpoint has them, 16 at a time, with the same bits as panels give. Kept from call to call;
 * confined to one thread.
 */
final class RowProduct {

    private static final int TILE = BLOCKS * Panels.ROWS;

    private final PanelScales scales = new PanelScales();
    private int columns;
    private int strips;
    private int x;
    private int starts;
    private int blockSums;
    private int lanes;

    /**
     * Tells which matrices it multiplies.
     *
     * @param columns the columns
     * @return whether such a matrix
     */
    static boolean takes(int columns) {
        return columns >= BlockDots.COLUMNS && columns % Panels.UNIT_COLUMNS == 0;
    }

    /**
     * The floats that {@link #arrange} and {@link #multiply} work in.
     *
     * @param columns the columns
     * @return how many
     */
    static int room(int columns) {
        int strips = strips(columns);
        return strips * (BlockDots.COLUMNS + BLOCKS) + Panels.ROWS * stride(strips) + 2 * TILE;
    }

    /** Strips are taken in pairs. */
    private static int strips(int columns) {
        return 2 * Math.ceilDiv(columns, 2 * BlockDots.COLUMNS);
    }

    /** A line of the cache more than the strips have, or the rows of long ones would share the same few. */
    private static int stride(int strips) {
        return (strips | 1) * BLOCKS;
    }

    /**
     * Puts the input of {@link PanelInputs} in the order of {@link BlockDots}.
     *
     * @param columns the columns of the matrix, one that this class {@link #takes}
     * @param memory holds everything
     * @param input where the input begins
     * @param room where {@link #room} floats are free
     */
    void arrange(int columns, float[] memory, int input, int room) {
        this.columns = columns;
        strips = strips(columns);
        x = room;
        starts = x + strips * BlockDots.COLUMNS;
        blockSums = starts + strips * BLOCKS;
        lanes = blockSums + Panels.ROWS * stride(strips);
        for (int strip = 0; strip < strips; strip++) {
            for (int i = 0; i < BLOCKS; i++) {
                int block = firstBlock(strip) + i;
                int lane = BlockDots.lane(i);
                memory[starts + strip * BLOCKS + lane] = memory[input + columns + block];
                for (int c = 0; c < Panels.BLOCK; c++) {
                    memory[x + strip * BlockDots.COLUMNS + c * BLOCKS + lane] =
                            memory[input + block * Panels.BLOCK + c];
                }
            }
        }
    }

    /** The first block of a strip: one that would go beyond the row ends where it does. */
    private int firstBlock(int strip) {
        return Math.min(strip * BLOCKS, columns / Panels.BLOCK - BLOCKS);
    }

    /**
     * Packs the scales of panels' worth of rows.
     *
     * @param matrix the matrix
     * @param row the first row
     * @param count how many times 16
     * @param packed receives them, [count][columns]
     * @return whether {@link #multiply} can take these rows: whether all scales are positive and normal
     */
    boolean packScales(StoredMatrix matrix, int row, int count, MemorySegment packed) {
        boolean usual = true;
        for (int p = 0; p < count && usual; p++) {
            usual = scales.pack(matrix, row + p * Panels.ROWS, packed, (long) p * columns, Panels.UNIT_COLUMNS);
        }
        return usual;
    }

    /**
     * Multiplies 16 rows.
     *
     * @param matrix the matrix
     * @param row the first row
     * @param packed holds their scales from the byte {@code at} on
     * @param memory where the input was arranged
     * @param sums where the sums of the rows go
     */
    void multiply(StoredMatrix matrix, int row, MemorySegment packed, long at, float[] memory, int sums) {
        long rowBytes = columns / 2;
        int stride = stride(strips);
        BlockDots.multiply(
                matrix.codes(), row * rowBytes, rowBytes, Panels.ROWS, strips, memory, x, starts, blockSums, stride);
        Arrays.fill(memory, sums, sums + Panels.ROWS, 0);
        int blocks = columns / Panels.BLOCK;
        for (int strip = 0; strip * BLOCKS < blocks; strip++) {
            int from = strip * BLOCKS;
            int count = Math.min(BLOCKS, blocks - from);
            Transposition.transpose(memory, blockSums + from, stride, BLOCKS, lanes, Panels.ROWS, lanes + TILE);
            int skipped = from - firstBlock(strip);
            BlockSums.add(packed, at + (long) from * Panels.ROWS, skipped, count, memory, lanes, sums);
        }
    }
}
