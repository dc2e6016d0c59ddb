package dev.nemotron.template.jinja;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The bounds of {@code [from:to:step]}; one that is left out or None is null. */
record Slice(
        @Nullable Value from, @Nullable Value to, @Nullable Value step) {

    /** A slice of a sequence of known length: {@code count} items from {@code from}, {@code step} apart. */
    record Bounds(int from, int step, int count) {}

    Bounds bounds(int length) {
        int stride = step == null ? 1 : clamp(step, Integer.MAX_VALUE);
        if (stride == 0) {
            throw new TemplateFault("slice step cannot be zero");
        }
        int low = stride > 0 ? 0 : -1;
        int high = stride > 0 ? length : length - 1;
        int first = from == null ? (stride > 0 ? low : high) : position(from, length, low, high);
        int end = to == null ? (stride > 0 ? high : low) : position(to, length, low, high);
        long span = stride > 0 ? (long) end - first : (long) first - end;
        long size = span <= 0 ? 0 : (span - 1) / Math.abs((long) stride) + 1;
        return new Bounds(size == 0 ? 0 : first, size <= 1 ? 1 : stride, (int) size);
    }

    private static int position(Value bound, int length, int low, int high) {
        long index = clamp(bound, Integer.MAX_VALUE);
        if (index < 0) {
            index += length;
        }
        return (int) Math.max(low, Math.min(high, index));
    }

    private static int clamp(Value bound, int limit) {
        if (bound instanceof Undefined) {
            throw new TemplateFault("slice indices must be integers or None or have an __index__ method");
        }
        if (!(bound instanceof NumberValue number) || !number.integral()) {
            throw new TemplateFault("slice indices must be integers or None or have an __index__ method");
        }
        BigInteger most = BigInteger.valueOf(limit);
        return number.integer().min(most).max(most.negate()).intValue();
    }
}
