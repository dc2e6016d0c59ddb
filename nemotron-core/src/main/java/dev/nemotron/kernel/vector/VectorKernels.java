package dev.nemotron.kernel.vector;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.kernel.scalar.ScalarKernels;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** The SIMD kernels. Nothing but {@link dev.nemotron.kernel.KernelSelection} names this class, so that portable code never links the
 * incubating module. */
public final class VectorKernels implements Kernels {

    /** Rounds and stores keys and values, which happens once a token and costs nothing that lanes would save. */
    private final Kernels plain = new ScalarKernels();

    /** Creates the kernels, which hold no state. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int widthBits() {
        return Lanes.FLOATS.vectorBitSize();
    }

    @Override
    public void rmsNorm(
            MemorySegment x,
            MemorySegment weight,
            float epsilon,
            int width,
            int fromRow,
            int toRow,
            MemorySegment out) {
        for (int t = fromRow; t < toRow; t++) {
            VectorNorm.normalise(x, (long) t * width, weight, 0, epsilon, width, out);
        }
    }

    @Override
    public void gatedGroupNorm(
            MemorySegment y,
            MemorySegment gate,
            long gateStride,
            MemorySegment weight,
            float epsilon,
            int width,
            int groups,
            int fromRow,
            int toRow,
            MemorySegment out) {
        VectorNorm.gatedGroupNorm(y, gate, gateStride, weight, epsilon, width, groups, fromRow, toRow, out);
    }

    @Override
    public void squaredRelu(MemorySegment x, long from, long to) {
        VectorElementwise.squaredRelu(x, from, Math.toIntExact(to - from));
    }

    @Override
    public void add(MemorySegment delta, MemorySegment x, long from, long to) {
        VectorElementwise.add(delta, x, from, Math.toIntExact(to - from));
    }

    @Override
    public void addScaled(
            float scale, MemorySegment delta, long deltaOffset, MemorySegment x, long xOffset, long count) {
        VectorElementwise.addScaled(scale, delta, deltaOffset, x, xOffset, Math.toIntExact(count));
    }

    @Override
    public void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch) {
        VectorMatrix.decodeRow(matrix, row, out, outOffset, scratch);
    }

    @Override
    public long multiplyScratch(StoredMatrix matrix) {
        return VectorMatrix.scratch(matrix);
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
        VectorMatrix.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
    }

    @Override
    public void multiplyPrompt(
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
        PromptMatrix.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
    }

    @Override
    public void convolve(
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
            int toChannel) {
        VectorConvolution.convolve(
                shape, in, inOffset, inStride, tokens, weight, bias, history, out, outOffset, fromChannel, toChannel);
    }

    @Override
    public void scan(
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
            int toHead) {
        VectorScan.scan(
                shape,
                conv,
                convOffset,
                steps,
                stepsOffset,
                tokens,
                decay,
                skip,
                state,
                out,
                outOffset,
                fromHead,
                toHead);
    }

    @Override
    public void append(MemorySegment keys, MemorySegment values, long offset, KvPages pages, int position) {
        plain.append(keys, values, offset, pages, position);
    }

    @Override
    public long attendScratch(int queryHeads, int headWidth) {
        return 0;
    }

    @Override
    public void attend(
            MemorySegment queries,
            long offset,
            KvPages pages,
            int kvHead,
            int queryHeads,
            int length,
            float scale,
            MemorySegment out,
            Scratch scratch) {
        VectorAttention.attend(queries, offset, pages, kvHead, queryHeads, length, scale, out, scratch);
    }
}
