package dev.nemotron.template.jinja;

import org.jspecify.annotations.Nullable;

/** Python's {@code range}. */
record RangeValue(long start, long step, int size) implements SequenceValue {

    /** The sandbox's own limit. */
    private static final long MAX_ITEMS = 100_000;

    static RangeValue of(long start, long stop, long step) {
        if (step == 0) {
            throw new TemplateFault("range() arg 3 must not be zero");
        }
        double span = step > 0 ? (double) stop - start : (double) start - stop;
        if (span / Math.abs((double) step) > MAX_ITEMS + 1.0) {
            throw tooBig();
        }
        long items = span <= 0 ? 0 : step > 0 ? (stop - start - 1) / step + 1 : (start - stop - 1) / -step + 1;
        if (items > MAX_ITEMS) {
            throw tooBig();
        }
        return new RangeValue(start, step, (int) items);
    }

    private static TemplateFault tooBig() {
        return new TemplateFault("range too big, the sandbox allows at most " + MAX_ITEMS + " items");
    }

    @Override
    public Value get(int index) {
        return IntValue.of(start + index * step);
    }

    @Override
    public Value slice(Slice slice) {
        Slice.Bounds bounds = slice.bounds(size);
        return new RangeValue(start + bounds.from() * step, step * bounds.step(), bounds.count());
    }

    @Override
    public String type() {
        return "range";
    }

    @Override
    public void repr(TextBuilder out) {
        long stop = start + size * step;
        out.append("range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")"));
    }

    @Override
    public long weight() {
        return 1L + size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RangeValue range
                && size == range.size
                && (size == 0 || start == range.start)
                && (size <= 1 || step == range.step);
    }

    @Override
    public int hashCode() {
        return size == 0 ? 0 : Long.hashCode(start) + size;
    }
}
