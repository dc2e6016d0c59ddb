package dev.nemotron.kernel;

import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/**
 * The operations of a CPU backend on one thread, each over a range so that the caller can split the work. Every output
 * element is computed in one fixed order whatever the range, the number of rows or the neighbours, so results are the same
 * bits for any split. Implementations are stateless and thread-safe; segments are 64-byte aligned at offset 0, and hold
 * floats in native order; offsets and strides count floats. Nothing is allocated on the heap.
 */
public interface Kernels {

    /**
     * Names the implementation.
     *
     * @return {@code scalar} or {@code vector}
     */
    String name();

    /**
     * The SIMD width.
     *
     * @return the width in bits, 32 for plain code
     */
    int widthBits();

    /**
     * Root-mean-square norm of rows (architecture specification 2.2): out = x / sqrt(mean(x²) + epsilon) · weight, in FP32
     * with one rounding a product.
     *
     * @param x [T][width]
     * @param weight [width]
     * @param epsilon added to the mean of squares
     * @param width elements a row
     * @param fromRow the first row
     * @param toRow the row after the last
     * @param out [T][width], may be {@code x}
     */
    void rmsNorm(
            MemorySegment x, MemorySegment weight, float epsilon, int width, int fromRow, int toRow, MemorySegment out);

    /**
     * Gated norm of the Mamba-2 mixer (2.3.6): v = y · silu(gate), then a root-mean-square norm over each of the contiguous
     * groups, then the weight.
     *
     * @param y [T][width]
     * @param gate the gate, row t at t · {@code gateStride}
     * @param gateStride floats from one row of the gate to the next
     * @param weight [width]
     * @param epsilon added to the mean of squares
     * @param width elements a row
     * @param groups groups a row; divides {@code width}
     * @param fromRow the first row
     * @param toRow the row after the last
     * @param out [T][width], may be {@code y}
     */
    void gatedGroupNorm(
            MemorySegment y,
            MemorySegment gate,
            long gateStride,
            MemorySegment weight,
            float epsilon,
            int width,
            int groups,
            int fromRow,
            int toRow,
            MemorySegment out);

    /**
     * Replaces x by max(0, x)².
     *
     * @param x the elements
     * @param from the first
     * @param to the one after the last
     */
    void squaredRelu(MemorySegment x, long from, long to);

    /**
     * Adds {@code delta} to {@code x}.
     *
     * @param delta the summand
     * @param x the sum
     * @param from the first element
     * @param to the element after the last
     */
    void add(MemorySegment delta, MemorySegment x, long from, long to);

    /**
     * Adds {@code scale} · {@code delta} to {@code x} by fused multiply-add.
     *
     * @param scale the factor
     * @param delta the summand
     * @param deltaOffset where the summand begins
     * @param x the sum
     * @param xOffset where the sum begins
     * @param count the elements
     */
    void addScaled(float scale, MemorySegment delta, long deltaOffset, MemorySegment x, long xOffset, long count);

    /**
     * Decodes one row of a matrix, its factor included.
     *
     * @param matrix the weights
     * @param row the row
     * @param out receives {@code matrix.columns()} floats
     * @param outOffset where to begin
     * @param scratch nothing off-heap is needed; the caller's thread alone uses it
     */
    void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch);

    /**
     * The off-heap scratch that {@link #multiply} needs.
     *
     * @param matrix the weights
     * @return the size in floats
     */
    long multiplyScratch(StoredMatrix matrix);

    /**
     * Matrix times rows: out[t][m] = Σ_c W[m][c] · x[t][c] for the rows of W in a range.
     *
     * @param matrix W, [M, C]
     * @param fromRow the first row of W
     * @param toRow the row of W after the last
     * @param x [T][C], rows adjacent, from {@code xOffset}
     * @param xOffset where x begins
     * @param rows T
     * @param out row t at {@code outOffset} + t · {@code outStride}, output m at + m
     * @param outOffset where the output begins
     * @param outStride floats from one row of the output to the next
     * @param scratch at least {@link #multiplyScratch} floats off-heap, the caller's thread alone uses it
     */
    void multiply(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch);

    /**
     * The same for rows of long prompts: summed in another order, in which hundreds of rows are faster and few are slower. It
     * depends neither on their number nor on the range.
     *
     * @param matrix W, [M, C]
     * @param fromRow the first row of W
     * @param toRow the row of W after the last
     * @param x [T][C], rows adjacent, from {@code xOffset}
     * @param xOffset where x begins
     * @param rows T
     * @param out row t at {@code outOffset} + t · {@code outStride}, output m at + m
     * @param outOffset where the output begins
     * @param outStride floats from one row of the output to the next
     * @param scratch at least {@link #multiplyScratch} floats off-heap, the caller's thread alone uses it
     */
    void multiplyPrompt(
            StoredMatrix matrix,
            int fromRow,
            int toRow,
            MemorySegment x,
            long xOffset,
            int rows,
            MemorySegment out,
            long outOffset,
            long outStride,
            Scratch scratch);

    /**
     * The causal convolution of a Mamba-2 mixer with SiLU (2.3.2), for one sequence and a range of channels. With J taps,
     * out[t][c] = silu(bias[c] + Σ_j weight[j][c] · in[t − J + 1 + j][c]); inputs before the first token come from the state.
     *
     * @param shape the sizes
     * @param in the raw channels: channel c of token t at {@code inOffset} + t · {@code inStride} + c
     * @param inOffset where the first token's channels begin
     * @param inStride floats from one token to the next
     * @param tokens T
     * @param weight [J][channels], the last tap multiplies the current token
     * @param bias [channels]
     * @param history [J − 1][channels], the raw channels of the last tokens, oldest first; read only
     * @param out [T][channels] from {@code outOffset}
     * @param outOffset where the output begins
     * @param fromChannel the first channel
     * @param toChannel the channel after the last
     */
    void convolve(
            ScanShape shape,
            MemorySegment in,
            long inOffset,
            long inStride,
            int tokens,
            MemorySegment weight,
            MemorySegment bias,
            MemorySegment history,
            MemorySegment out,
            long outOffset,
            int fromChannel,
            int toChannel);

    /**
     * The selective scan of a Mamba-2 mixer (2.3.4), for one sequence and a range of heads, in the order of the recurrence:
     * S ← exp(dt·A)·S + (dt·x)⊗B, y = S·C + D·x.
     *
     * @param shape the sizes
     * @param conv the output of the convolution, [T][channels] from {@code convOffset}
     * @param convOffset where it begins
     * @param steps dt after softplus and clamp, [T][H] from {@code stepsOffset}
     * @param stepsOffset where they begin
     * @param tokens T
     * @param decay A = −exp(A_log), [H]
     * @param skip D, [H]
     * @param state Sᵀ, [H][N][P], updated
     * @param out y, [T][H·P] from {@code outOffset}
     * @param outOffset where it begins
     * @param fromHead the first head
     * @param toHead the head after the last
     */
    void scan(
            ScanShape shape,
            MemorySegment conv,
            long convOffset,
            MemorySegment steps,
            long stepsOffset,
            int tokens,
            MemorySegment decay,
            MemorySegment skip,
            MemorySegment state,
            MemorySegment out,
            long outOffset,
            int fromHead,
            int toHead);

    /**
     * Stores the keys and values of one token.
     *
     * @param keys [K][P] from {@code offset}
     * @param values [K][P] from {@code offset}
     * @param offset where the token's keys and values begin
     * @param pages where they go
     * @param position the token's place in the sequence, from 0
     */
    void append(MemorySegment keys, MemorySegment values, long offset, KvPages pages, int position);

    /**
     * The off-heap scratch that {@link #attend} needs.
     *
     * @param queryHeads the query heads that share one key/value head
     * @param headWidth P
     * @return the size in floats
     */
    long attendScratch(int queryHeads, int headWidth);

    /**
     * Attention of one token over a prefix, for the query heads that share one key/value head: softmax(q·kᵀ·scale)·v,
     * without positions (2.4). Keys and values are read once, page by page, with a running maximum.
     *
     * @param queries [H][P] of the token, from {@code offset}
     * @param offset where the token's queries and output begin
     * @param pages the keys and values
     * @param kvHead the key/value head
     * @param queryHeads the query heads that share it; query head kvHead · queryHeads + i is the i-th
     * @param length the tokens of the prefix, the token itself included
     * @param scale the factor of the scores, P^−½
     * @param out [H][P] of the token, from {@code offset}
     * @param scratch at least {@link #attendScratch} floats off-heap, the caller's thread alone uses it
     */
    void attend(
            MemorySegment queries,
            long offset,
            KvPages pages,
            int kvHead,
            int queryHeads,
            int length,
            float scale,
            MemorySegment out,
            Scratch scratch);
}
