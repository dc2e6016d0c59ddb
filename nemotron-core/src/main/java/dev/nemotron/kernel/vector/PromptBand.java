package dev.nemotron.kernel.vector;

import static dev.nemotron.kernel.vector.Lanes.COUNT;
import static dev.nemotron.kernel.vector.Lanes.FLOATS;
import static dev.nemotron.kernel.vector.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.nemotron.spi.RowDecoder;
import dev.nemotron.spi.RowGroupDecoder;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * A band of rows times the inputs of a prompt. A block of columns of all inputs stays in the second cache while the band's weights
 * pass by, each decoded once; a part of them that the first cache holds is multiplied with all inputs before the next. Kept
 * from call to call, so that nothing is left on the heap.
 */
final class PromptBand {

    private static final int INPUTS = PromptTile.INPUTS;
    private static final int ROWS = PromptTile.ROWS;
    private static final int TILE = INPUTS * ROWS;

    /** Columns of rows that are decoded together: the memory is slow to begin with each row. */
    private static final int COLUMNS = 256;

    /** Columns that are summed from 0, of which the weights of a tile lie in the first cache. */
    private static final int BLOCK = PromptTile.COLUMNS;

    /** From one row or input that is to be turned to the next: a line of the cache more than a power of two. */
    private static final int STRIDE = COLUMNS + 16;

    private static final int DECODED = Scratch.START;
    private static final int STAGED = DECODED + COLUMNS * ROWS;
    private static final int ROOM = STAGED + Math.max(COUNT, INPUTS) * STRIDE;
    private static final int FACTORS = ROOM + Transposition.ROOM;
    private static final int SUMS = FACTORS + ROWS;

    private @Nullable StoredMatrix stored;
    private float[] memory = {};
    private int fromRow;
    private int toRow;
    private int inputs;
    private int groups;
    private int interleaved;

    /**
     * Begins a band.
     *
     * @param matrix the weights
     * @param fromRow the first row; of a group where the rows are stored in groups
     * @param toRow the row after the last
     * @param inputs how many inputs
     * @param scratch the caller's
     */
    void begin(StoredMatrix matrix, int fromRow, int toRow, int inputs, Scratch scratch) {
        this.stored = matrix;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.inputs = inputs;
        this.groups = Math.ceilDiv(inputs, INPUTS);
        this.interleaved = SUMS + Math.ceilDiv(toRow - fromRow, ROWS) * groups * TILE;
        this.memory = scratch.floats(interleaved + groups * COLUMNS * INPUTS - Scratch.START);
    }

    private StoredMatrix matrix() {
        return Objects.requireNonNull(stored);
    }

    /** Where the sums of a tile's rows begin: [group of inputs][INPUTS][ROWS]. */
    private int sums(int row) {
        return SUMS + (row - fromRow) / ROWS * groups * TILE;
    }

    /**
     * Sums the products.
     *
     * @param x the inputs, [inputs][columns], rows adjacent
     * @param xOffset where they begin, in floats
     */
    void accumulate(MemorySegment x, long xOffset) {
        int columns = matrix().columns();
        Arrays.fill(memory, SUMS, interleaved, 0);
        for (int first = 0; first < columns; first += COLUMNS) {
            int count = Math.min(COLUMNS, columns - first);
            for (int g = 0; g < groups; g++) {
                interleave(x, xOffset + first, g, count);
            }
            for (int row = fromRow; row < toRow; row += ROWS) {
                multiply(row, first, count);
            }
        }
    }

    /** Multiplies columns of a tile's rows with all inputs. */
    private void multiply(int row, int first, int count) {
        RowGroupDecoder rowGroups = matrix().format().vectorGroupDecoder();
        int together = rowGroups == null ? COLUMNS : BLOCK;
        for (int c = 0; c < count; c += together) {
            int some = Math.min(together, count - c);
            if (rowGroups == null) {
                decodeRows(row, first + c, some);
            } else {
                decodeGroups(rowGroups, row, first + c, some);
            }
            for (int at = 0; at < some; at += BLOCK) {
                multiplyBlock(DECODED + at * ROWS, c + at, Math.min(BLOCK, some - at), sums(row));
            }
        }
    }

    /** Multiplies a block of decoded columns with all inputs. */
    private void multiplyBlock(int decoded, int first, int count, int sums) {
        for (int g = 0; g < groups; g++) {
            int x = interleaved + (g * COLUMNS + first) * INPUTS;
            PromptTile.multiply(count, memory, decoded, x, sums + g * TILE);
        }
    }

    /** Puts columns of a group of inputs side by side; the last input stands for those beyond it. */
    private void interleave(MemorySegment x, long from, int group, int count) {
        for (int i = 0; i < INPUTS; i++) {
            long input = from + (long) Math.min(group * INPUTS + i, inputs - 1) * matrix().columns();
            MemorySegment.copy(x, JAVA_FLOAT, input * Float.BYTES, memory, STAGED + i * STRIDE, count);
        }
        Interleaving.interleaveFive(count, memory, STAGED, STRIDE, interleaved + group * COLUMNS * INPUTS);
    }

    /** Decodes columns of a tile's rows as [ROWS / rows of a group][BLOCK][rows of a group]; groups beyond the last repeat another. */
    private void decodeGroups(RowGroupDecoder rowGroups, int row, int first, int count) {
        for (int i = 0; i < ROWS; i += rowGroups.rows()) {
            int group = row + i < toRow ? row + i : row;
            rowGroups.decode(matrix(), group, first, first + count, memory, DECODED + i * BLOCK);
        }
    }

    /** Decodes the same of rows that are stored one after the other; rows beyond the last repeat it. */
    private void decodeRows(int row, int first, int count) {
        RowDecoder decoder = matrix().format().vectorDecoder();
        int padded = Math.ceilDiv(count, COUNT) * COUNT;
        for (int i = 0; i < ROWS; i += COUNT) {
            for (int lane = 0; lane < COUNT; lane++) {
                int at = STAGED + lane * STRIDE;
                decoder.decode(matrix(), Math.min(row + i + lane, toRow - 1), first, first + count, memory, at);
            }
            for (int c = 0; c < padded; c += BLOCK) {
                int to = DECODED + c * ROWS + i * BLOCK;
                Transposition.transpose(memory, STAGED + c, STRIDE, Math.min(BLOCK, padded - c), to, COUNT, ROOM);
            }
        }
    }

    /**
     * Writes the sums, times the rows' factors.
     *
     * @param firstRow the first row that is wanted
     * @param out input t at {@code outOffset} + t · {@code outStride}, row m at + m
     * @param outOffset where the output begins, in floats
     * @param outStride floats from one input's outputs to the next
     */
    void store(int firstRow, MemorySegment out, long outOffset, long outStride) {
        RowDecoder decoder = matrix().format().vectorDecoder();
        for (int row = fromRow; row < toRow; row += ROWS) {
            int from = Math.max(0, firstRow - row);
            int to = Math.min(ROWS, toRow - row);
            for (int i = from; i < to; i++) {
                memory[FACTORS + i] = decoder.factor(matrix(), row + i);
            }
            for (int t = 0; t < inputs; t++) {
                store(sums(row) + t * ROWS, from, to, out, outOffset + t * outStride + row);
            }
        }
    }

    private void store(int sums, int from, int to, MemorySegment out, long at) {
        int i = from;
        for (; i <= to - COUNT; i += COUNT) {
            FloatVector.fromArray(FLOATS, memory, sums + i)
                    .mul(FloatVector.fromArray(FLOATS, memory, FACTORS + i))
                    .intoMemorySegment(out, (at + i) * Float.BYTES, ORDER);
        }
        for (; i < to; i++) {
            out.setAtIndex(JAVA_FLOAT, at + i, memory[sums + i] * memory[FACTORS + i]);
        }
    }
}
