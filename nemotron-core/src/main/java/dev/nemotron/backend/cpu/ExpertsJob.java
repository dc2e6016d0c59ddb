package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Runs the chosen experts of a step in two parallel passes: the first matrices of all experts, then the second ones. Only
 * the chosen experts' weights are read, each once, for all rows that chose it.
 */
@SuppressWarnings("NullAway.Init") // run sets the operands before the first part begins
final class ExpertsJob {

    private final Kernels kernels;
    private final WorkerPool pool;
    private final SegmentPool segments;
    private final WorkerScratch scratch;
    private final WorkerScratch products;
    private final WorkerPool.Job upJob = this::up;
    private final WorkerPool.Job downJob = this::down;
    private MemorySegment gathered = MemorySegment.NULL;
    private MemorySegment hidden = MemorySegment.NULL;
    private int[] active = new int[0];
    private int activeCount;
    private int upPart;
    private int downPart;
    private CpuExperts bank;
    private CpuRouting routing;
    private MemorySegment out;
    private int rows;

    ExpertsJob(Kernels kernels, WorkerPool pool, SegmentPool segments, WorkerScratch scratch) {
        this.kernels = kernels;
        this.pool = pool;
        this.segments = segments;
        this.scratch = scratch;
        this.products = new WorkerScratch(segments, pool.size());
    }

    void run(CpuExperts bank, CpuRouting routing, MemorySegment x, int rows, MemorySegment out) {
        this.bank = bank;
        this.routing = routing;
        this.rows = rows;
        this.out = out;
        int width = bank.width();
        gathered = grown(gathered, (long) routing.assignments() * width);
        hidden = grown(hidden, (long) routing.assignments() * bank.hiddenWidth());
        findActive();
        upPart = RowParts.size(bank.hiddenWidth(), activeCount, pool.size());
        downPart = RowParts.size(width, 1, pool.size());
        products.atLeast((long) rows * downPart);
        for (int a = 0; a < routing.assignments(); a++) {
            MemorySegment.copy(
                    x, bytes((long) routing.row(a) * width), gathered, bytes((long) a * width), bytes(width));
        }
        long size = (long) routing.assignments() * bank.hiddenWidth() * width;
        pool.run(upJob, activeCount * upParts(), size);
        pool.run(downJob, Math.ceilDiv(width, downPart), size);
    }

    private void findActive() {
        if (active.length < bank.count()) {
            active = new int[bank.count()];
        }
        activeCount = 0;
        for (int e = 0; e < bank.count(); e++) {
            if (routing.first(e + 1) > routing.first(e)) {
                active[activeCount++] = e;
            }
        }
    }

    private int upParts() {
        return Math.ceilDiv(bank.hiddenWidth(), upPart);
    }

    /** Some hidden values of one expert, for all rows that chose it. */
    private void up(int part, int worker) {
        int expert = active[part / upParts()];
        int width = bank.hiddenWidth();
        int from = part % upParts() * upPart;
        int to = Math.min(width, from + upPart);
        int first = routing.first(expert);
        int inputs = routing.first(expert + 1) - first;
        kernels.multiply(
                bank.up().get(expert),
                from,
                to,
                gathered,
                (long) first * bank.width(),
                inputs,
                hidden,
                (long) first * width,
                width,
                scratch.of(worker));
        for (int a = first; a < first + inputs; a++) {
            kernels.squaredRelu(hidden, (long) a * width + from, (long) a * width + to);
        }
    }

    /** Some outputs of all rows, summed over the experts. */
    private void down(int part, int worker) {
        int width = bank.width();
        int from = part * downPart;
        int to = Math.min(width, from + downPart);
        MemorySegment product = products.of(worker).segment();
        for (int t = 0; t < rows; t++) {
            for (int m = from; m < to; m++) {
                out.setAtIndex(ValueLayout.JAVA_FLOAT, (long) t * width + m, 0);
            }
        }
        for (int i = 0; i < activeCount; i++) {
            int first = routing.first(active[i]);
            int inputs = routing.first(active[i] + 1) - first;
            kernels.multiply(
                    bank.down().get(active[i]),
                    from,
                    to,
                    hidden,
                    (long) first * bank.hiddenWidth(),
                    inputs,
                    product,
                    -from,
                    downPart,
                    scratch.of(worker));
            for (int r = 0; r < inputs; r++) {
                kernels.addScaled(
                        routing.weight(first + r),
                        product,
                        (long) r * downPart,
                        out,
                        (long) routing.row(first + r) * width + from,
                        to - from);
            }
        }
    }

    private MemorySegment grown(MemorySegment segment, long floats) {
        if (segment.byteSize() >= bytes(floats)) {
            return segment;
        }
        if (segment.byteSize() > 0) {
            segments.release(segment);
        }
        return segments.acquire(bytes(floats));
    }

    private static long bytes(long floats) {
        return floats * Float.BYTES;
    }
}
