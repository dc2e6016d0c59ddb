package dev.nemotron.bench;

import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.StoredMatrix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Times every operation that a model asks of its backend, and counts the weights that it reads. Follows the backend's
 * interface as it is, so that no operation can be forgotten. Used by the engine's thread alone.
 */
final class OperationProfile {

    /**
     * One kind of operation.
     *
     * @param name the operation; for products with a matrix also what the matrix is
     * @param calls how many times in a step
     * @param seconds the time in a step
     * @param bytes the weights that are read in a step
     */
    record Line(String name, double calls, double seconds, double bytes) {}

    private record Weights(String name, long bytes, int rows) {}

    private static final class Sum {
        private long calls;
        private long nanos;
        private long bytes;
    }

    private final IdentityHashMap<Object, Weights> matrices = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Long> expertBytes = new IdentityHashMap<>();
    private final Map<String, Sum> sums = new TreeMap<>();
    private int chosenExperts;

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
                return made(method.invoke(backend, arguments), arguments);
            }
            long start = System.nanoTime();
            method.invoke(backend, arguments);
            long nanos = System.nanoTime() - start;
            add(method.getName(), arguments, nanos);
            return null;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Remembers what the backend made ready of the weights. */
    private @Nullable Object made(@Nullable Object made, Object @Nullable [] arguments) {
        if (arguments == null || made == null) {
            return made;
        }
        if (arguments[0] instanceof StoredMatrix stored) {
            String name = stored.name().substring(stored.name().lastIndexOf('.') + 1);
            matrices.put(made, new Weights(name, stored.byteSize(), stored.rows()));
        } else if (arguments[0] instanceof List<?> up
                && arguments.length == 2
                && arguments[1] instanceof List<?> down) {
            expertBytes.put(made, bytes(up.getFirst()) + bytes(down.getFirst()));
        }
        return made;
    }

    private long bytes(Object matrix) {
        Weights weights = matrices.get(matrix);
        return weights == null ? 0 : weights.bytes();
    }

    private void add(String operation, Object[] arguments, long nanos) {
        String name = operation;
        long bytes = 0;
        if (arguments[0] instanceof RouterRule rule) {
            chosenExperts = rule.chosen();
        }
        Weights weights = arguments[0] instanceof Matrix ? matrices.get(arguments[0]) : null;
        Long expert = expertBytes.get(arguments[0]);
        if (weights != null) {
            boolean lookUp = operation.equals("embed");
            name = operation + " " + weights.name();
            bytes = lookUp ? weights.bytes() / weights.rows() : weights.bytes();
        } else if (expert != null) {
            bytes = expert * chosenExperts;
        }
        Sum sum = sums.computeIfAbsent(name, key -> new Sum());
        sum.calls++;
        sum.nanos += nanos;
        sum.bytes += bytes;
    }

    /** Forgets what has been timed. */
    void reset() {
        sums.clear();
    }

    /**
     * The operations, the longest first.
     *
     * @param steps how many steps of one token have been computed since {@link #reset}
     * @param nanos how long they took altogether
     * @return a line for each kind, and one for what lies between operations
     */
    List<Line> lines(int steps, long nanos) {
        long timed = sums.values().stream().mapToLong(sum -> sum.nanos).sum();
        List<Line> lines = new ArrayList<>();
        sums.forEach((name, sum) -> lines.add(
                new Line(name, (double) sum.calls / steps, sum.nanos / 1e9 / steps, (double) sum.bytes / steps)));
        lines.add(new Line("(between)", 0, Math.max(0, nanos - timed) / 1e9 / steps, 0));
        lines.sort(Comparator.comparingDouble(Line::seconds).reversed());
        return lines;
    }
}
