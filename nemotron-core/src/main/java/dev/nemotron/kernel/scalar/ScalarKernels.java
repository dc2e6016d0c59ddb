package dev.nemotron.kernel.scalar;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.MemorySegment;

/** The plain kernels; they need nothing but the JDK's base module. */
public final class ScalarKernels implements Kernels {

    /** Creates the kernels, which hold no state. */
    public ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int widthBits() {
        return Float.SIZE;
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
            ScalarNorm.normalise(x, (long) t * width, weight, 0, epsilon, width, out);
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
        ScalarNorm.gatedGroupNorm(y, gate, gateStride, weight, epsilon, width, groups, fromRow, toRow, out);
    }

    @Override
    public void squaredRelu(MemorySegment x, long from, long to) {
        ScalarElementwise.squaredRelu(x, from, to);
    }

    @Override
    public void add(MemorySegment delta, MemorySegment x, long from, long to) {
        ScalarElementwise.add(delta, x, from, to);
    }

    @Override
    public void addScaled(
            float scale, MemorySegment delta, long deltaOffset, MemorySegment x, long xOffset, long count) {
        ScalarElementwise.addScaled(scale, delta, deltaOffset, x, xOffset, count);
    }

    @Override
    public void decodeRow(StoredMatrix matrix, int row, MemorySegment out, long outOffset, Scratch scratch) {
        ScalarMatrix.decodeRow(matrix, row, out, outOffset, scratch);
    }

    @Override
    public long multiplyScratch(StoredMatrix matrix) {
        return matrix.columns();
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
        ScalarMatrix.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
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
        ScalarMatrix.multiply(matrix, fromRow, toRow, x, xOffset, rows, out, outOffset, outStride, scratch);
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
        ScalarConvolution.convolve(
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
        ScalarScan.scan(
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
        ScalarAttention.append(keys, values, offset, pages, position);
    }

    @Override
    public long attendScratch(int queryHeads, int headWidth) {
        return KvPages.PAGE_TOKENS;
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
        ScalarAttention.attend(queries, offset, pages, kvHead, queryHeads, length, scale, out, scratch.segment());
    }
}
