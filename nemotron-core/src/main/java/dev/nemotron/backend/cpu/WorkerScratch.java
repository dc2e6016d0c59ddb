package dev.nemotron.backend.cpu;

import java.lang.foreign.MemorySegment;

/** A piece of memory for each worker of the pool, grown between jobs. */
final class WorkerScratch {

    private final SegmentPool segments;
    private final MemorySegment[] scratch;
    private long floats;

    WorkerScratch(SegmentPool segments, int workers) {
        this.segments = segments;
        this.scratch = new MemorySegment[workers];
        java.util.Arrays.fill(scratch, MemorySegment.NULL);
    }

    /** Makes every worker's piece at least so large; called while no job runs. */
    void atLeast(long wanted) {
        if (wanted <= floats) {
            return;
        }
        for (int i = 0; i < scratch.length; i++) {
            if (floats > 0) {
                segments.release(scratch[i]);
            }
            scratch[i] = segments.acquire(wanted * Float.BYTES);
        }
        floats = wanted;
    }

    MemorySegment of(int worker) {
        return scratch[worker];
    }
}
