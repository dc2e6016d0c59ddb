package dev.nemotron.backend.cpu;

import dev.nemotron.BackendReport;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.ExpertBank;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.Routing;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.Step;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Computes on this machine's cores: cuts each operation into parts for a pool of threads and leaves the sums to kernels. */
public final class CpuBackend implements Backend {

    private static final int ALIGNMENT = 64;

    private final Kernels kernels;
    private final BackendReport report;
    private final KvPages.Type kvType;
    private final WorkerPool pool;
    private final Arena arena = Arena.ofShared();
    private final SegmentPool segments = new SegmentPool();
    private final WorkerScratch scratch;
    private final Scratch embedding = new Scratch(MemorySegment.NULL);
    private final NormJob norm;
    private final LinearJob linear;
    private final MambaJob mamba;
    private final GatedNormJob gatedNorm;
    private final AttentionJob attention;
    private final ExpertsJob experts;

    /**
     * Starts a backend.
     *
     * @param kernels the arithmetic
     * @param report what to say about the choice of kernels
     * @param kvType how keys and values are stored
     */
    public CpuBackend(Kernels kernels, BackendReport report, KvPages.Type kvType) {
        this.kernels = kernels;
        this.report = report;
        this.kvType = kvType;
        this.pool = new WorkerPool(report.threads());
        this.scratch = new WorkerScratch(segments, report.threads());
        this.norm = new NormJob(kernels, pool);
        this.linear = new LinearJob(kernels, pool, scratch);
        this.mamba = new MambaJob(kernels, pool, segments);
        this.gatedNorm = new GatedNormJob(kernels, pool);
        this.attention = new AttentionJob(kernels, pool, scratch);
        this.experts = new ExpertsJob(kernels, pool, segments, scratch);
    }

    @Override
    public BackendReport report() {
        return report;
    }

    @Override
    public Buffer allocate(long floats) {
        return new CpuBuffer(arena.allocate(floats * Float.BYTES, ALIGNMENT));
    }

    @Override
    public Buffer parameter(float[] values) {
        Buffer buffer = allocate(values.length);
        write(values, buffer, 0);
        return buffer;
    }

    @Override
    public Matrix matrix(StoredMatrix stored) {
        scratch.atLeast(kernels.multiplyScratch(stored));
        return new CpuMatrix(stored);
    }

    @Override
    public ExpertBank experts(List<Matrix> up, List<Matrix> down) {
        return new CpuExperts(
                up.stream().map(CpuMatrix::of).toList(),
                down.stream().map(CpuMatrix::of).toList());
    }

    @Override
    public Routing routing() {
        return new CpuRouting();
    }

    @Override
    public LayerState mambaState(MambaParameters parameters) {
        return new CpuMambaState(segments, kernels, parameters);
    }

    @Override
    public LayerState attentionState(AttentionShape shape) {
        return new CpuKvState(segments, kvType, shape.kvHeads(), shape.headWidth());
    }

    @Override
    public void write(float[] values, Buffer out, long outOffset) {
        MemorySegment.copy(
                values, 0, CpuBuffer.of(out), ValueLayout.JAVA_FLOAT, outOffset * Float.BYTES, values.length);
    }

    @Override
    public void read(Buffer x, long offset, float[] out) {
        MemorySegment.copy(CpuBuffer.of(x), ValueLayout.JAVA_FLOAT, offset * Float.BYTES, out, 0, out.length);
    }

    @Override
    public void embed(Matrix table, int[] tokens, int rows, Buffer out) {
        StoredMatrix stored = CpuMatrix.of(table);
        for (int t = 0; t < rows; t++) {
            kernels.decodeRow(stored, tokens[t], CpuBuffer.of(out), (long) t * stored.columns(), embedding);
        }
    }

    @Override
    public void rmsNorm(Buffer x, Buffer weight, float epsilon, int rows, Buffer out) {
        norm.run(CpuBuffer.of(x), CpuBuffer.of(weight), epsilon, (int) weight.floats(), rows, CpuBuffer.of(out));
    }

    @Override
    public void linear(Matrix matrix, Buffer x, Step step, Buffer out) {
        linear.run(CpuMatrix.of(matrix), CpuBuffer.of(x), step.answerRows(), step.rows(), CpuBuffer.of(out));
    }

    @Override
    public void linear(Matrix matrix, Buffer x, int rows, Buffer out) {
        linear.run(CpuMatrix.of(matrix), CpuBuffer.of(x), rows, rows, CpuBuffer.of(out));
    }

    @Override
    public void addBias(Buffer bias, Buffer x, int rows) {
        long width = bias.floats();
        for (int t = 0; t < rows; t++) {
            kernels.addScaled(1, CpuBuffer.of(bias), 0, CpuBuffer.of(x), t * width, width);
        }
    }

    @Override
    public void add(Buffer delta, Buffer x, long floats) {
        kernels.add(CpuBuffer.of(delta), CpuBuffer.of(x), 0, floats);
    }

    @Override
    public void squaredRelu(Buffer x, long floats) {
        kernels.squaredRelu(CpuBuffer.of(x), 0, floats);
    }

    @Override
    public void join(Buffer left, Buffer right, int width, int rows, Buffer out) {
        long bytes = (long) width * Float.BYTES;
        for (int t = 0; t < rows; t++) {
            MemorySegment.copy(CpuBuffer.of(left), t * bytes, CpuBuffer.of(out), 2L * t * bytes, bytes);
            MemorySegment.copy(CpuBuffer.of(right), t * bytes, CpuBuffer.of(out), (2L * t + 1) * bytes, bytes);
        }
    }

    @Override
    public void gather(Buffer x, int width, int[] indices, int count, Buffer out) {
        long bytes = (long) width * Float.BYTES;
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(CpuBuffer.of(x), indices[i] * bytes, CpuBuffer.of(out), i * bytes, bytes);
        }
    }

    @Override
    public void mamba(MambaParameters parameters, Step step, int layer, Buffer projected, Buffer out) {
        mamba.run(parameters, step, layer, CpuBuffer.of(projected), CpuBuffer.of(out));
    }

    @Override
    public void gatedNorm(Buffer y, Buffer projected, Buffer weight, float epsilon, ScanShape shape, int rows) {
        gatedNorm.run(CpuBuffer.of(y), CpuBuffer.of(projected), CpuBuffer.of(weight), epsilon, shape, rows);
    }

    @Override
    public void attention(
            AttentionShape shape, Step step, int layer, Buffer queries, Buffer keys, Buffer values, Buffer out) {
        attention.run(
                shape, step, layer, CpuBuffer.of(queries), CpuBuffer.of(keys), CpuBuffer.of(values), CpuBuffer.of(out));
    }

    @Override
    public void route(RouterRule rule, Buffer logits, Buffer bias, int rows, Routing out) {
        ((CpuRouting) out).choose(rule, CpuBuffer.of(logits), CpuBuffer.of(bias), rows);
    }

    @Override
    public void experts(ExpertBank bank, Routing routing, Buffer x, int rows, Buffer out) {
        experts.run((CpuExperts) bank, (CpuRouting) routing, CpuBuffer.of(x), rows, CpuBuffer.of(out));
    }

    @Override
    public void close() {
        pool.close();
        segments.close();
        arena.close();
    }
}
