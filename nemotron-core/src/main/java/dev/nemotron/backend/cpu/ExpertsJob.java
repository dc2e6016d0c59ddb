package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.Kernels;
import dev.nemotron.spi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * Runs the chosen experts of a step in two parallel passes: the first matrices of all experts, then the second ones. Only
 * the chosen experts' weights are read, each once, for all rows that chose it.
 */
final class ExpertsJob {

    private final Kernels kernels;
    private final WorkerPool pool;
    private final SegmentPool segments;
    private final WorkerScratch scratch;
    private final WorkerScratch products;
    private MemorySegment gathered = MemorySegment.NULL;
    private MemorySegment hidden = MemorySegment.NULL;
    private int[] active = new int[0];
    private int upPart;
    private int downPart;

    ExpertsJob(Kernels kernels, WorkerPool pool, SegmentPool segments, WorkerScratch scratch) {
        this.kernels = kernels;
        this.pool = pool;
        this.segments = segments;
        this.scratch = scratch;
        this.products = new WorkerScratch(segments, pool.size());
    }

    void run(CpuExperts bank, CpuRouting routing, MemorySegment x, int rows, MemorySegment out) {
        int width = bank.width();
        gathered = grown(gathered, (long) routing.assignments() * width);
        hidden = grown(hidden, (long) routing.assignments() * bank.hiddenWidth());
        upPart = RowParts.size(bank.hiddenWidth(), rows, pool.size());
        downPart = RowParts.size(width, rows, pool.size());
        products.atLeast((long) rows * downPart);
        int count = findActive(bank, routing);
        for (int a = 0; a < routing.assignments(); a++) {
            MemorySegment.copy(
                    x, bytes((long) routing.row(a) * width), gathered, bytes((long) a * width), bytes(width));
        }
        out.asSlice(0, bytes((long) rows * width)).fill((byte) 0);

        long size = (long) routing.assignments() * bank.hiddenWidth() * width;
        int upParts = Math.ceilDiv(bank.hiddenWidth(), upPart);
        pool.run(
                (part, worker) -> up(bank, routing, active[part / upParts], part % upParts, scratch.of(worker)),
                count * upParts,
                size);
        pool.run(
                (part, worker) -> down(
                        bank,
                        routing,
                        count,
                        part,
                        scratch.of(worker),
                        products.of(worker).segment(),
                        out),
                Math.ceilDiv(width, downPart),
                size);
    }

    private int findActive(CpuExperts bank, CpuRouting routing) {
        if (active.length < bank.count()) {
            active = new int[bank.count()];
        }
        int count = 0;
        for (int e = 0; e < bank.count(); e++) {
            if (routing.first(e + 1) > routing.first(e)) {
                active[count++] = e;
            }
        }
        return count;
    }

    private void up(CpuExperts bank, CpuRouting routing, int expert, int part, Scratch workspace) {
        int width = bank.hiddenWidth();
        int from = part * upPart;
        int to = Math.min(width, from + upPart);
        int first = routing.first(expert);
        int rows = routing.first(expert + 1) - first;
        kernels.multiply(
                bank.up().get(expert),
                from,
                to,
                gathered,
                (long) first * bank.width(),
                rows,
                hidden,
                (long) first * width,
                width,
                workspace);
        for (int a = first; a < first + rows; a++) {
            kernels.squaredRelu(hidden, (long) a * width + from, (long) a * width + to);
        }
    }

    private void down(
            CpuExperts bank,
            CpuRouting routing,
            int count,
            int part,
            Scratch workspace,
            MemorySegment product,
            MemorySegment out) {
        int width = bank.width();
        int from = part * downPart;
        int to = Math.min(width, from + downPart);
        for (int i = 0; i < count; i++) {
            int first = routing.first(active[i]);
            int rows = routing.first(active[i] + 1) - first;
            kernels.multiply(
                    bank.down().get(active[i]),
                    from,
                    to,
                    hidden,
                    (long) first * bank.hiddenWidth(),
                    rows,
                    product,
                    -from,
                    downPart,
                    workspace);
            for (int r = 0; r < rows; r++) {
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
