package dev.nemotron.template.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's arithmetic, comparison and printing of numbers. */
final class Numbers {

    /** What {@link #compare} says when one side is not a number. */
    static final int UNORDERED = 2;

    private Numbers() {}

    /** -1, 0 or 1, exact also between integers and floats, or {@link #UNORDERED}. */
    static int compare(NumberValue left, NumberValue right) {
        if (left.integral() && right.integral()) {
            return left.integer().compareTo(right.integer());
        }
        if (!left.integral() && !right.integral()) {
            double a = left.real();
            double b = right.real();
            return a < b ? -1 : a > b ? 1 : a == b ? 0 : UNORDERED;
        }
        double real = left.integral() ? right.real() : left.real();
        if (Double.isNaN(real)) {
            return UNORDERED;
        }
        if (Double.isInfinite(real)) {
            return (real > 0) == left.integral() ? -1 : 1;
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(NumberValue number) {
        return number.integral() ? new BigDecimal(number.integer()) : new BigDecimal(number.real());
    }

    static int hash(NumberValue number) {
        if (number.integral()) {
            return number.integer().hashCode();
        }
        double real = number.real();
        boolean whole = real == Math.rint(real) && !Double.isInfinite(real);
        return whole ? new BigDecimal(real).toBigInteger().hashCode() : Double.hashCode(real);
    }

    static Value add(NumberValue left, NumberValue right) {
        return left.integral() && right.integral()
                ? new IntValue(left.integer().add(right.integer()))
                : new FloatValue(left.real() + right.real());
    }

    static Value subtract(NumberValue left, NumberValue right) {
        return left.integral() && right.integral()
                ? new IntValue(left.integer().subtract(right.integer()))
                : new FloatValue(left.real() - right.real());
    }

    static Value multiply(NumberValue left, NumberValue right) {
        return left.integral() && right.integral()
                ? new IntValue(left.integer().multiply(right.integer()))
                : new FloatValue(left.real() * right.real());
    }

    static Value divide(NumberValue left, NumberValue right) {
        requireNonZero(right, "division by zero", "float division by zero", left);
        if (left.integral() && right.integral()) {
            return new FloatValue(new BigDecimal(left.integer())
                    .divide(new BigDecimal(right.integer()), new MathContext(40, RoundingMode.HALF_EVEN))
                    .doubleValue());
        }
        return new FloatValue(left.real() / right.real());
    }

    static Value floorDivide(NumberValue left, NumberValue right) {
        requireNonZero(right, "integer division or modulo by zero", "float floor division by zero", left);
        if (left.integral() && right.integral()) {
            BigInteger[] parts = left.integer().divideAndRemainder(right.integer());
            boolean below = parts[1].signum() != 0
                    && parts[1].signum() != right.integer().signum();
            return new IntValue(below ? parts[0].subtract(BigInteger.ONE) : parts[0]);
        }
        double quotient = (left.real() - remainder(left.real(), right.real())) / right.real();
        double floor = Math.floor(quotient);
        return new FloatValue(quotient - floor > 0.5 ? floor + 1 : floor);
    }

    static Value modulo(NumberValue left, NumberValue right) {
        requireNonZero(right, "integer modulo by zero", "float modulo", left);
        if (left.integral() && right.integral()) {
            BigInteger rest = left.integer().remainder(right.integer());
            boolean below =
                    rest.signum() != 0 && rest.signum() != right.integer().signum();
            return new IntValue(below ? rest.add(right.integer()) : rest);
        }
        return new FloatValue(remainder(left.real(), right.real()));
    }

    private static double remainder(double left, double right) {
        double rest = left % right;
        if (rest != 0) {
            return (right < 0) != (rest < 0) ? rest + right : rest;
        }
        return Math.copySign(0.0, right);
    }

    static Value power(NumberValue left, NumberValue right) {
        if (left.integral() && right.integral() && right.integer().signum() >= 0) {
            BigInteger base = left.integer();
            long bits = Math.max(1, base.bitLength())
                    * right.integer().min(BigInteger.valueOf(1 << 20)).longValue();
            boolean trivial = base.abs().compareTo(BigInteger.ONE) <= 0;
            if (bits > 1 << 20 && !trivial) {
                throw new TemplateFault("integer power too large");
            }
            return new IntValue(
                    trivial
                            ? unitPower(base, right.integer())
                            : base.pow(right.integer().intValueExact()));
        }
        if (left.real() == 0 && right.real() < 0) {
            throw new TemplateFault("0.0 cannot be raised to a negative power");
        }
        return new FloatValue(Math.pow(left.real(), right.real()));
    }

    private static BigInteger unitPower(BigInteger base, BigInteger exponent) {
        if (exponent.signum() == 0) {
            return BigInteger.ONE;
        }
        return base.signum() < 0 && !exponent.testBit(0) ? BigInteger.ONE : base;
    }

    static Value negate(NumberValue number) {
        return number.integral() ? new IntValue(number.integer().negate()) : new FloatValue(-number.real());
    }

    private static void requireNonZero(NumberValue divisor, String integers, String floats, NumberValue dividend) {
        if (!divisor.truthy()) {
            throw new TemplateFault(divisor.integral() && dividend.integral() ? integers : floats);
        }
    }

    /** Python's {@code repr} of a float: the shortest digits that read back, an exponent below 1e-4 and from 1e16 on. */
    static String print(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            return sign + scientific(shortest.unscaledValue().toString(), exponent);
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Java always prints two digits, which can hide a shorter form.
        if (digits.precision() == 2) {
            BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
            return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
        }
        return digits;
    }

    private static String scientific(String digits, int exponent) {
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + size;
    }
}
