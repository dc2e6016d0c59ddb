package dev.nemotron.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A set of code points: sorted ranges that neither overlap nor touch. Immutable. */
final class CodePoints {

    static final int LAST = Character.MAX_CODE_POINT;

    /** Stands for the beginning of the text where an expression has an anchor; no text contains it. */
    static final int BEGIN = LAST + 1;

    /** Stands for the end of the text. */
    static final int END = LAST + 2;

    static final CodePoints NONE = new CodePoints(new int[0]);

    /** All characters, which surrogates are not. */
    static final CodePoints ANY = of(0, 0xD7FF, 0xE000, LAST);

    private final int[] bounds;

    private CodePoints(int[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Makes a set.
     *
     * @param pairs first and last of each range, in any order
     */
    static CodePoints of(int... pairs) {
        long[] sorted = new long[pairs.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = ((long) pairs[2 * i] << 32) | pairs[2 * i + 1];
        }
        Arrays.sort(sorted);
        int[] bounds = new int[pairs.length];
        int size = 0;
        for (long range : sorted) {
            int low = (int) (range >>> 32);
            int high = (int) range;
            if (size > 0 && low <= bounds[size - 1] + 1) {
                bounds[size - 1] = Math.max(bounds[size - 1], high);
            } else if (low <= high) {
                bounds[size++] = low;
                bounds[size++] = high;
            }
        }
        return new CodePoints(Arrays.copyOf(bounds, size));
    }

    static CodePoints ofEach(String characters) {
        int[] points = characters.codePoints().toArray();
        int[] pairs = new int[points.length * 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = points[i / 2];
        }
        return of(pairs);
    }

    int ranges() {
        return bounds.length / 2;
    }

    int low(int range) {
        return bounds[2 * range];
    }

    int high(int range) {
        return bounds[2 * range + 1];
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    CodePoints or(CodePoints other) {
        int[] both = Arrays.copyOf(bounds, bounds.length + other.bounds.length);
        System.arraycopy(other.bounds, 0, both, bounds.length, other.bounds.length);
        return of(both);
    }

    /** The characters that are not in this set. */
    CodePoints not() {
        int[] gaps = new int[bounds.length + 2];
        int size = 0;
        int from = 0;
        for (int range = 0; range < ranges(); range++) {
            gaps[size++] = from;
            gaps[size++] = low(range) - 1;
            from = high(range) + 1;
        }
        gaps[size++] = from;
        gaps[size] = LAST;
        return of(gaps).and(ANY);
    }

    CodePoints and(CodePoints other) {
        int[] common = new int[bounds.length + other.bounds.length + 2];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < ranges() && j < other.ranges()) {
            int low = Math.max(low(i), other.low(j));
            int high = Math.min(high(i), other.high(j));
            if (low <= high) {
                common[size++] = low;
                common[size++] = high;
            }
            if (high(i) < other.high(j)) {
                i++;
            } else {
                j++;
            }
        }
        return of(Arrays.copyOf(common, size));
    }

    CodePoints minus(CodePoints other) {
        return and(other.not());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodePoints set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
