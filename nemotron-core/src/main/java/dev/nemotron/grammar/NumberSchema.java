package dev.nemotron.grammar;

import dev.nemotron.grammar.DecimalRange.Bound;
import dev.nemotron.grammar.Facts.Said;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers within the bounds of a schema. */
final class NumberSchema {

    private static final int MAX_MULTIPLE = 1000;
    private static final int MAX_FRACTION = 40;

    /** The edge of a range. */
    private record Limit(BigDecimal value, boolean open) {}

    private final Facts facts;
    private final List<Said> multiples;
    private @Nullable Limit min;
    private @Nullable Limit max;

    NumberSchema(Facts facts) {
        this.facts = facts;
        this.multiples = facts.said("multipleOf");
        for (String keyword : List.of("minimum", "exclusiveMinimum")) {
            facts.said(keyword).forEach(said -> raise(limit(said, keyword)));
        }
        for (String keyword : List.of("maximum", "exclusiveMaximum")) {
            facts.said(keyword).forEach(said -> lower(limit(said, keyword)));
        }
        for (Said said : facts.said("format")) {
            int bits = said.value().equals("int32") ? 31 : said.value().equals("int64") ? 63 : 0;
            if (bits > 0) {
                BigDecimal beyond = new BigDecimal(BigInteger.ONE.shiftLeft(bits));
                raise(new Limit(beyond.negate(), false));
                lower(new Limit(beyond, true));
            }
        }
    }

    private static Limit limit(Said said, String keyword) {
        if (said.value() instanceof Boolean) {
            throw Facts.wrong(said.schema(), keyword, "a number, as since draft 6");
        }
        return new Limit(Facts.number(said, keyword), keyword.startsWith("exclusive"));
    }

    private void raise(Limit limit) {
        int order = min == null ? 1 : limit.value().compareTo(min.value());
        if (order > 0 || (order == 0 && limit.open())) {
            min = limit;
        }
    }

    private void lower(Limit limit) {
        int order = max == null ? -1 : limit.value().compareTo(max.value());
        if (order < 0 || (order == 0 && limit.open())) {
            max = limit;
        }
    }

    /** Returns the integers in the range, and other numbers if wanted. */
    Expression expression(boolean integersOnly) {
        int multiple = 1;
        int fraction = integersOnly ? 0 : MAX_FRACTION;
        for (Said said : multiples) {
            BigDecimal divisor = Facts.number(said, "multipleOf").stripTrailingZeros();
            if (divisor.signum() <= 0) {
                throw Facts.wrong(said.schema(), "multipleOf", "more than 0");
            }
            if (!integersOnly && divisor.unscaledValue().equals(BigInteger.ONE) && divisor.scale() > 0) {
                fraction = Math.min(fraction, divisor.scale());
                continue;
            }
            if (!integersOnly && divisor.scale() > 0) {
                throw Facts.wrong(said.schema(), "multipleOf", "an integer or 0.1, 0.01 and so on");
            }
            fraction = 0;
            multiple = common(multiple, said, divisor);
        }
        if (min == null && max == null && multiple == 1) {
            return fraction == MAX_FRACTION ? JsonText.NUMBER : fraction == 0 ? JsonText.INTEGER : range(1, fraction);
        }
        return range(multiple, fraction);
    }

    /** An integer is a multiple of the fraction p/q in lowest terms exactly if it is one of p. */
    private static int common(int multiple, Said said, BigDecimal divisor) {
        BigInteger scale = BigInteger.TEN.pow(Math.max(0, divisor.scale()));
        BigInteger numerator = divisor.multiply(new BigDecimal(scale)).toBigIntegerExact();
        BigInteger lowest = numerator.divide(numerator.gcd(scale));
        BigInteger before = BigInteger.valueOf(multiple);
        BigInteger common = before.multiply(lowest).divide(before.gcd(lowest));
        if (common.compareTo(BigInteger.valueOf(MAX_MULTIPLE)) > 0) {
            throw Facts.wrong(said.schema(), "multipleOf", "at most " + MAX_MULTIPLE + " together with others");
        }
        return common.intValueExact();
    }

    private Expression range(int multiple, int fraction) {
        List<Expression> signs = new ArrayList<>();
        Limit low = min;
        Limit high = max;
        try {
            if (high == null || high.value().signum() >= 0) {
                boolean positive =
                        low != null && (low.value().signum() > 0 || (low.value().signum() == 0 && low.open()));
                signs.add(words(positive ? low : null, high, multiple, fraction));
            }
            if (low == null || low.value().signum() < 0) {
                Limit least =
                        high != null && high.value().signum() < 0 ? negated(high) : new Limit(BigDecimal.ZERO, true);
                Limit most = low == null ? null : negated(low);
                signs.add(Expression.sequence(new Expression.Text("-"), words(least, most, multiple, fraction)));
            }
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchemaException(
                    facts.schemas().getFirst().pointer(), "multipleOf", "with this range it is " + e.getMessage());
        }
        return new Expression.Choice(signs);
    }

    private static Limit negated(Limit limit) {
        return new Limit(limit.value().negate(), limit.open());
    }

    private static Expression words(@Nullable Limit low, @Nullable Limit high, int multiple, int fraction) {
        return new Expression.Words(
                DecimalRange.dfa(
                        low == null ? null : Bound.of(low.value(), low.open()),
                        high == null ? null : Bound.of(high.value(), high.open()),
                        multiple,
                        fraction),
                false);
    }

    /** Whether a number fulfils everything. */
    boolean accepts(BigDecimal number) {
        boolean divisible = multiples.stream()
                .allMatch(said ->
                        number.remainder(Facts.number(said, "multipleOf")).signum() == 0);
        return divisible
                && (min == null || fits(number.compareTo(min.value()), min))
                && (max == null || fits(max.value().compareTo(number), max));
    }

    private static boolean fits(int order, Limit limit) {
        return order > 0 || (order == 0 && !limit.open());
    }
}
