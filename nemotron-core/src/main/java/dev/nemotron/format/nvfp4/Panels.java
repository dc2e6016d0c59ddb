package dev.nemotron.format.nvfp4;

import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * NVFP4 with rows side by side, so that the lanes of a vector are rows and no sum runs across lanes. Nothing is lost or
 * rounded. A panel is {@link #ROWS} rows, rows beyond the matrix filled with zeros; it lies in one piece, as units of 64
 * columns and 576 bytes, the last of them full-sized too:
 *
 * <pre>
 *   bytes 0..63     the scales: byte 16·b + r is that of row r and the unit's block b of 16 columns
 *   bytes 64..575   eight lines of 64 bytes: the r-th 32-bit word of line l holds the codes of row r, columns 8·l to 8·l + 7,
 *                   in the order of the checkpoint, the lowest four bits first
 * </pre>
 *
 * <p>A scale is kept as an exponent of five bits, biased by {@value #SCALE_BIAS}, above the mantissa of three, without a
 * sign: so that shifted to the place of a float's bits and raised by {@link #SCALE_OFFSET} it is the value, without the
 * special case of E4M3's subnormal numbers. The sign of a negative scale goes to the codes of its block, and where a scale
 * is zero the codes become zero.
 */
public final class Panels {

    /** Rows of a panel. */
    public static final int ROWS = 16;

    /** Columns that share a scale. */
    public static final int BLOCK = 16;

    /** Columns of a line. */
    public static final int LINE_COLUMNS = 8;

    /** Bytes of a line. */
    public static final int LINE = 64;

    /** Columns of a unit. */
    public static final int UNIT_COLUMNS = 64;

    /** Bytes of a unit. */
    public static final int UNIT = 576;

    /** Added to a scale's bits, shifted left by 20, to make them those of a float. */
    public static final int SCALE_OFFSET = (127 - Panels.SCALE_BIAS) << 23;

    private static final int SCALE_BIAS = 10;
    private static final int UNIT_BLOCKS = 4;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt HALF_WORD =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long SIGNS = 0x8888_8888_8888_8888L;
    private static final byte[] SCALES = scales();

    private Panels() {}

    /** The kept form of every positive E4M3 number. */
    private static byte[] scales() {
        byte[] kept = new byte[128];
        for (int code = 1; code < 127; code++) {
            int exponent = code >> 3;
            int mantissa = code & 7;
            if (exponent == 0) {
                int up = Integer.numberOfLeadingZeros(mantissa) - 28;
                exponent = 1 - up;
                mantissa = mantissa << up & 7;
            }
            kept[code] = (byte) ((exponent + SCALE_BIAS - 7) << 3 | mantissa);
        }
        return kept;
    }

    /**
     * The size of a panel.
     *
     * @param columns the columns of the matrix, a multiple of {@link #BLOCK}
     * @return the bytes
     */
    public static long bytes(int columns) {
        return (long) Math.ceilDiv(columns, UNIT_COLUMNS) * UNIT;
    }

    /**
     * The panels of a matrix.
     *
     * @param rows its rows
     * @return how many
     */
    public static int count(int rows) {
        return Math.ceilDiv(rows, ROWS);
    }

    /**
     * Where the 16 scales of a block begin.
     *
     * @param block the block of columns, from 0
     * @return the place within its panel, in bytes
     */
    public static int scalesAt(int block) {
        return block / UNIT_BLOCKS * UNIT + block % UNIT_BLOCKS * ROWS;
    }

    /**
     * Where the two lines of a block begin.
     *
     * @param block the block of columns, from 0
     * @return the place within its panel, in bytes
     */
    public static int linesAt(int block) {
        return block / UNIT_BLOCKS * UNIT + LINE + block % UNIT_BLOCKS * 2 * LINE;
    }

    /**
     * Reads a scale.
     *
     * @param kept its kept form
     * @return its value; a positive number of no meaning where the scale was zero, which all its codes then are
     */
    public static float scale(byte kept) {
        return Float.intBitsToFloat(((kept & 0xFF) << 20) + SCALE_OFFSET);
    }

    /**
     * Copies rows into a panel.
     *
     * @param matrix as stored in the checkpoint
     * @param firstRow the first row of the panel
     * @param toRow the row after the last that is wanted; those of the panel from there on are zeros
     * @param panel receives the panel
     * @param at where it begins, in bytes
     */
    public static void pack(StoredMatrix matrix, int firstRow, int toRow, MemorySegment panel, long at) {
        int rows = Math.min(ROWS, toRow - firstRow);
        int blocks = matrix.columns() / BLOCK;
        if (rows < ROWS || blocks % UNIT_BLOCKS != 0) {
            panel.asSlice(at, bytes(matrix.columns())).fill((byte) 0);
        }
        for (int r = 0; r < rows; r++) {
            packRow(matrix, firstRow + r, 0, blocks, panel, at, r);
        }
    }

    /**
     * Copies one unit of 16 rows into a panel.
     *
     * @param matrix as stored in the checkpoint
     * @param firstRow the first row of the panel
     * @param unit the 64 columns, from 0
     * @param panel receives the unit
     * @param at where the panel begins, in bytes
     */
    public static void packUnit(StoredMatrix matrix, int firstRow, int unit, MemorySegment panel, long at) {
        int first = unit * UNIT_BLOCKS;
        for (int r = 0; r < ROWS; r++) {
            packRow(matrix, firstRow + r, first, first + UNIT_BLOCKS, panel, at, r);
        }
    }

    private static void packRow(
            StoredMatrix matrix, int row, int fromBlock, int toBlock, MemorySegment panel, long at, int lane) {
        MemorySegment codes = matrix.codes();
        MemorySegment scales = matrix.scales();
        long from = (long) row * (matrix.columns() / BLOCK);
        for (int block = fromBlock; block < toBlock; block++) {
            long word = codes.get(WORD, (from + block) * Long.BYTES);
            byte scale = scales.get(ValueLayout.JAVA_BYTE, from + block);
            if (scale <= 0) {
                word = (scale & 0x7F) == 0 ? 0 : word ^ SIGNS;
                scale &= 0x7F;
            }
            long lines = at + linesAt(block) + (long) lane * Integer.BYTES;
            panel.set(HALF_WORD, lines, (int) word);
            panel.set(HALF_WORD, lines + LINE, (int) (word >>> 32));
            panel.set(ValueLayout.JAVA_BYTE, at + scalesAt(block) + lane, SCALES[scale]);
        }
    }
}
