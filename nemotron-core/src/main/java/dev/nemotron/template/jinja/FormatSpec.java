package dev.nemotron.template.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's format specification, {@code [[fill]align][sign][#][0][width][,][.precision][type]}, for strings and numbers.
 */
record FormatSpec(
        String fill, String align, String sign, boolean alternate, int width, String group, int precision, char type) {

    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{1,6})?([,_])?(?:\\.(\\d{1,6}))?([a-zA-Z%])?", Pattern.DOTALL);
    private static final int MAX_PRECISION = 1000;

    static FormatSpec parse(String spec) {
        Matcher matcher = SYNTAX.matcher(spec);
        if (!matcher.matches()) {
            throw new TemplateFault("Invalid format specifier '" + spec + "'");
        }
        boolean zero = matcher.group(5) != null;
        int precision = number(matcher.group(8), -1);
        if (precision > MAX_PRECISION) {
            throw new TemplateFault("format precision above " + MAX_PRECISION + ", the limit");
        }
        return new FormatSpec(
                text(matcher.group(1), zero && matcher.group(2) == null ? "0" : " "),
                text(matcher.group(2), zero ? "=" : ""),
                text(matcher.group(3), "-"),
                matcher.group(4) != null,
                number(matcher.group(6), 0),
                text(matcher.group(7), ""),
                precision,
                text(matcher.group(9), "\0").charAt(0));
    }

    private static String text(@Nullable String group, String absent) {
        return group == null ? absent : group;
    }

    private static int number(@Nullable String group, int absent) {
        return group == null ? absent : Integer.parseInt(group);
    }

    Text apply(Value value) {
        if (value instanceof NumberValue number) {
            return applyNumber(number);
        }
        Text text = value.text();
        if (type != '\0' && type != 's') {
            throw new TemplateFault("Unknown format code '" + type + "' for object of type '" + value.type() + "'");
        }
        if (precision >= 0 && precision < text.length()) {
            text = (Text) text.slice(new Slice(null, IntValue.of(precision), null));
        }
        return pad(text, "<");
    }

    private Text applyNumber(NumberValue number) {
        boolean negative = number.integral() ? number.integer().signum() < 0 : number.real() < 0;
        String digits = digits(number);
        String lead = negative ? "-" : sign.equals("-") ? "" : sign;
        if (align.equals("=")) {
            int missing = width - lead.length() - digits.length();
            return Text.trusted(lead + fill.repeat(Math.max(0, missing)) + digits);
        }
        return pad(Text.trusted(lead + digits), ">");
    }

    private Text pad(Text text, String usual) {
        String side = align.isEmpty() ? usual : align;
        Text filler = Text.trusted(fill);
        return switch (side) {
            case "<" -> Padding.pad(text, width, filler, Padding.Side.RIGHT);
            case "^" -> center(text, filler);
            default -> Padding.pad(text, width, filler, Padding.Side.LEFT);
        };
    }

    private Text center(Text text, Text filler) {
        int left = Math.max(0, width - text.length()) / 2;
        Text start = Padding.pad(text, text.length() + left, filler, Padding.Side.LEFT);
        return Padding.pad(start, width, filler, Padding.Side.RIGHT);
    }

    private String digits(NumberValue number) {
        return switch (type) {
            case 'd', 'n' -> grouped(number.integer().abs().toString());
            case 'x', 'X', 'o', 'b' -> radix(number.integer().abs());
            case 'f', 'F' -> grouped(fixed(number.real(), precision < 0 ? 6 : precision));
            case 'e', 'E' -> exponent(Math.abs(number.real()), precision < 0 ? 6 : precision);
            case '%' -> fixed(number.real() * 100, precision < 0 ? 6 : precision) + "%";
            case '\0', 'g', 'G' -> general(number);
            default ->
                throw new TemplateFault(
                        "Unknown format code '" + type + "' for object of type '" + number.type() + "'");
        };
    }

    private String radix(BigInteger value) {
        String prefix = alternate ? "0" + type : "";
        return switch (type) {
            case 'x' -> prefix + value.toString(16);
            case 'X' -> prefix + value.toString(16).toUpperCase(Locale.ROOT);
            case 'o' -> prefix + value.toString(8);
            default -> prefix + value.toString(2);
        };
    }

    private String general(NumberValue number) {
        if (type == '\0' && number.integral()) {
            return grouped(number.integer().abs().toString());
        }
        if (type == '\0' && precision < 0) {
            return grouped(Numbers.print(Math.abs(number.real())));
        }
        return rounded(Math.abs(number.real()), precision < 0 ? 6 : Math.max(1, precision));
    }

    private static String rounded(double value, int digits) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value == 0 ? "0" : Numbers.print(value);
        }
        BigDecimal number = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            BigDecimal plain = number.stripTrailingZeros();
            return plain.toPlainString();
        }
        return exponent(value, number.stripTrailingZeros().precision() - 1);
    }

    static String fixed(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Numbers.print(Math.abs(value));
        }
        return new BigDecimal(Math.abs(value))
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String exponent(double value, int precision) {
        BigDecimal number = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = value == 0 ? 0 : number.precision() - number.scale() - 1;
        BigDecimal mantissa = number.movePointLeft(exponent).setScale(precision, RoundingMode.HALF_EVEN);
        return mantissa.toPlainString()
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private String grouped(String digits) {
        if (group.isEmpty()) {
            return digits;
        }
        int point = digits.indexOf('.');
        int end = point < 0 ? digits.length() : point;
        StringBuilder out = new StringBuilder(digits);
        for (int at = end - 3; at > 0; at -= 3) {
            out.insert(at, group);
        }
        return out.toString();
    }
}
