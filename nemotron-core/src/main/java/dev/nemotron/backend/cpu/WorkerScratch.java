package dev.nemotron.backend.cpu;

import dev.nemotron.spi.Scratch;
import java.lang.foreign.MemorySegment;

/** A piece of memory for each worker of the pool, grown between jobs. */
final class WorkerScratch {

    private final SegmentPool segments;
    private final Scratch[] scratch;
    private long floats;

    WorkerScratch(SegmentPool segments, int workers) {
        this.segments = segments;
        this.scratch = new Scratch[workers];
        java.util.Arrays.setAll(scratch, i -> new Scratch(MemorySegment.NULL));
    }

    /** Makes every worker's piece at least so large; called while no job runs. */
    void atLeast(long wanted) {
        if (wanted <= floats) {
            return;
        }
        for (int i = 0; i < scratch.length; i++) {
            if (floats > 0) {
                segments.release(scratch[i].segment());
            }
            scratch[i] = new Scratch(segments.acquire(wanted * Float.BYTES));
        }
        floats = wanted;
    }

    Scratch of(int worker) {
        return scratch[worker];
    }
}
