package dev.nemotron.bench;

import dev.nemotron.spi.Backend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Times every operation that a model asks of its backend, and counts what it touches and computes. Follows the backend's
 * interface as it is, so that no operation can be forgotten. Used by the engine's thread alone.
 */
final class OperationProfile {

    /**
     * One kind of operation.
     *
     * @param name the operation; for products with a matrix also what the matrix is
     * @param calls how many times in a step
     * @param seconds the time in a step
     * @param bytes what is read and written in a step
     * @param flops the additions and multiplications in a step
     */
    record Line(String name, double calls, double seconds, double bytes, double flops) {}

    private static final class Sum {
        private long calls;
        private long nanos;
        private double bytes;
        private double flops;
    }

    private final OperationWork work = new OperationWork();
    private final Map<String, Sum> sums = new TreeMap<>();

    /**
     * Puts itself between a model and its backend.
     *
     * @param backend what computes
     * @return the same, timed
     */
    Backend instrument(Backend backend) {
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> call(backend, method, arguments));
    }

    private @Nullable Object call(Backend backend, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            if (method.getReturnType() != void.class || arguments == null) {
                Object made = method.invoke(backend, arguments);
                if (made != null && arguments != null) {
                    work.made(made, arguments);
                }
                return made;
            }
            long start = System.nanoTime();
            method.invoke(backend, arguments);
            add(work.of(method.getName(), arguments), System.nanoTime() - start);
            return null;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void add(OperationWork.Amount amount, long nanos) {
        Sum sum = sums.computeIfAbsent(amount.kind(), key -> new Sum());
        sum.calls++;
        sum.nanos += nanos;
        sum.bytes += amount.bytes();
        sum.flops += amount.flops();
    }

    /**
     * Forgets what has been timed.
     *
     * @param context how many tokens the sequences have that go on from here
     */
    void reset(int context) {
        sums.clear();
        work.startAt(context);
    }

    /**
     * The operations, the longest first.
     *
     * @param steps how many steps have been computed since {@link #reset}
     * @param nanos how long they took altogether
     * @return a line for each kind, and one for what lies between operations
     */
    List<Line> lines(int steps, long nanos) {
        long timed = sums.values().stream().mapToLong(sum -> sum.nanos).sum();
        List<Line> lines = new ArrayList<>();
        sums.forEach((name, sum) -> lines.add(new Line(
                name, (double) sum.calls / steps, sum.nanos / 1e9 / steps, sum.bytes / steps, sum.flops / steps)));
        lines.add(new Line("(between)", 0, Math.max(0, nanos - timed) / 1e9 / steps, 0, 0));
        lines.sort(Comparator.comparingDouble(Line::seconds).reversed());
        return lines;
    }
}
