package dev.nemotron.grammar;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads numbers without a sign, digit by digit, and tells whether they are within bounds and multiples of an integer. */
final class DecimalRange implements Dfa.Machine<DecimalRange.State> {

    /** The part of the number that is being read. */
    private enum Part {
        BEGIN,
        ZERO,
        INTEGER,
        POINT,
        FRACTION
    }

    /**
     * What has to be known of the digits so far.
     *
     * @param digits how many of this part there are, as far as it matters
     * @param low how they compare with as many digits of the lower bound
     * @param high how they compare with as many digits of the upper bound
     * @param rest the remainder of the division
     */
    record State(Part part, int digits, int low, int high, int rest) {}

    /** A bound of at least zero: its digits before and after the point, and whether it is not itself within. */
    record Bound(String integer, String fraction, boolean open) {
        static Bound of(BigDecimal value, boolean open) {
            String text = value.stripTrailingZeros().toPlainString();
            int point = text.indexOf('.');
            return point < 0
                    ? new Bound(text, "", open)
                    : new Bound(text.substring(0, point), text.substring(point + 1), open);
        }
    }

    private final @Nullable Bound low;
    private final @Nullable Bound high;
    private final int multiple;
    private final int fractionDigits;
    private final int integerDigits;

    private DecimalRange(@Nullable Bound low, @Nullable Bound high, int multiple, int fractionDigits) {
        this.low = low;
        this.high = high;
        this.multiple = multiple;
        this.fractionDigits = fractionDigits;
        int most = low == null ? 0 : low.integer().length();
        this.integerDigits =
                1 + (high == null ? most : Math.max(most, high.integer().length()));
    }

    /**
     * Makes the automaton of the numbers in a range.
     *
     * @param low the lower bound, null for none
     * @param high the upper bound, null for none
     * @param multiple of which integer they are multiples, 1 for all
     * @param fractionDigits the most digits after the point, 0 for integers
     * @throws IllegalArgumentException if it is too large
     */
    static Dfa dfa(@Nullable Bound low, @Nullable Bound high, int multiple, int fractionDigits) {
        DecimalRange range = new DecimalRange(low, high, multiple, fractionDigits);
        State start = new State(Part.BEGIN, 0, low == null ? 1 : 0, high == null ? -1 : 0, 0);
        int[] cuts = IntStream.concat(IntStream.rangeClosed('0', '9' + 1), IntStream.of('.', '.' + 1))
                .toArray();
        return Dfa.explore(start, cuts, range);
    }

    @Override
    public @Nullable State step(State from, int symbol) {
        boolean inFraction = from.part() == Part.POINT || from.part() == Part.FRACTION;
        if (symbol == '.') {
            boolean ready = from.part() == Part.ZERO || from.part() == Part.INTEGER;
            return !ready || fractionDigits == 0
                    ? null
                    : new State(Part.POINT, 0, ofInteger(from, low, from.low()), ofInteger(from, high, from.high()), 0);
        }
        if (symbol < '0' || symbol > '9' || from.part() == Part.ZERO) {
            return null;
        }
        int digit = symbol - '0';
        if (inFraction) {
            return from.digits() == fractionDigits
                    ? null
                    : new State(
                            Part.FRACTION,
                            from.digits() + 1,
                            inFraction(from.low(), low, from.digits(), digit),
                            inFraction(from.high(), high, from.digits(), digit),
                            0);
        }
        if (high != null && from.digits() >= high.integer().length()) {
            return null;
        }
        return new State(
                from.part() == Part.BEGIN && digit == 0 ? Part.ZERO : Part.INTEGER,
                Math.min(from.digits() + 1, integerDigits),
                inInteger(from.low(), low, from.digits(), digit),
                inInteger(from.high(), high, from.digits(), digit),
                (from.rest() * 10 + digit) % multiple);
    }

    private static int inInteger(int sign, @Nullable Bound bound, int place, int digit) {
        if (bound == null) {
            return sign;
        }
        if (place >= bound.integer().length()) {
            return 1;
        }
        return sign != 0 ? sign : Integer.signum(digit - (bound.integer().charAt(place) - '0'));
    }

    private static int inFraction(int sign, @Nullable Bound bound, int place, int digit) {
        if (sign != 0 || bound == null) {
            return sign;
        }
        int other = place < bound.fraction().length() ? bound.fraction().charAt(place) - '0' : 0;
        return Integer.signum(digit - other);
    }

    /** How the integer that has been read compares with that of a bound. */
    private static int ofInteger(State state, @Nullable Bound bound, int sign) {
        return bound != null && state.digits() < bound.integer().length() ? -1 : sign;
    }

    @Override
    public boolean accepts(State state) {
        return switch (state.part()) {
            case BEGIN, POINT -> false;
            case ZERO, INTEGER ->
                state.rest() == 0
                        && within(
                                whole(ofInteger(state, low, state.low()), low, 0),
                                whole(ofInteger(state, high, state.high()), high, 0));
            case FRACTION -> within(whole(state.low(), low, state.digits()), whole(state.high(), high, state.digits()));
        };
    }

    /** Digits of a bound that the number has not are more than nothing unless they are zero. */
    private static int whole(int sign, @Nullable Bound bound, int digits) {
        return sign == 0 && bound != null && digits < bound.fraction().length() ? -1 : sign;
    }

    private boolean within(int toLow, int toHigh) {
        boolean aboveLow = toLow > 0 || (toLow == 0 && low != null && !low.open());
        boolean belowHigh = toHigh < 0 || (toHigh == 0 && high != null && !high.open());
        return aboveLow && belowHigh;
    }
}
