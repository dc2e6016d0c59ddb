package dev.nemotron.bench.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the calls of a benchmark read, or write, and compute; JMH divides the sums by the time that it measured. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Amount {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The calls that the other sums belong to: those that JMH times, and some before and after with several threads. */
    public double calls;

    /** Bytes of main memory, in units of 10^9. */
    public double gigabytes;

    /** Multiplications and additions, in units of 10^9. */
    public double gigaflops;

    /**
     * Bytes on the heap by the thread that calls. JMH's own profiler counts what its other threads allocate too, some
     * kilobytes an iteration, which is a lot for each call of a kernel that takes long.
     */
    public double allocated;

    private long before;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        before = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Ends an iteration. */
    @TearDown(Level.Iteration)
    public void end() {
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    void add(double bytes, double flops) {
        calls++;
        gigabytes += bytes / 1e9;
        gigaflops += flops / 1e9;
    }
}
