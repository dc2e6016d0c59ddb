package dev.nemotron.template.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters for defaults, numbers and attributes. */
final class ValueFilters {

    private ValueFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("default", ValueFilters::orDefault);
        filters.put("d", ValueFilters::orDefault);
        filters.put("int", ValueFilters::toInt);
        filters.put("float", ValueFilters::toFloat);
        filters.put("abs", (r, v, a) -> a.end(abs(v)));
        filters.put("round", ValueFilters::round);
        filters.put(
                "attr", (r, v, a) -> attribute(v, a.end(a.requiredText("name")).chars()));
    }

    private static Value orDefault(Rendering rendering, Value value, Arguments arguments) {
        Value otherwise = arguments.optional("default_value", Text.EMPTY);
        boolean falsy = arguments.flag("boolean", false);
        arguments.end();
        return value instanceof Undefined || (falsy && !value.truthy()) ? otherwise : value;
    }

    private static Value attribute(Value value, String name) {
        Value member = name.startsWith("__") ? null : value.member(name);
        return member == null ? Undefined.missing(value, name) : member;
    }

    private static Value toInt(Rendering rendering, Value value, Arguments arguments) {
        Value otherwise = arguments.optional("default", IntValue.of(0));
        int base = arguments.integer("base", 10);
        arguments.end();
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Value whole = value instanceof Text text ? parseInt(text.chars(), base) : truncate(value);
        if (whole != null) {
            return whole;
        }
        Double real = value instanceof Text text ? parseFloat(text.chars()) : null;
        Value cut = real == null ? null : truncate(new FloatValue(real));
        return cut == null ? otherwise : cut;
    }

    private static @Nullable Value truncate(Value value) {
        return switch (value) {
            case FloatValue real when Double.isNaN(real.real()) || Double.isInfinite(real.real()) -> null;
            case FloatValue real -> real.truncate();
            case NumberValue number -> new IntValue(number.integer());
            default -> null;
        };
    }

    /** Python's {@code int(text, base)}, or null where it raises ValueError. */
    private static @Nullable Value parseInt(String chars, int base) {
        String digits = PythonString.strip(Text.trusted(chars)).chars();
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = base;
        String prefix =
                digits.length() > 1 && digits.charAt(0) == '0' ? PythonString.lower(digits.substring(1, 2)) : "";
        int named = switch (prefix) {
            case "x" -> 16;
            case "o" -> 8;
            case "b" -> 2;
            default -> 0;
        };
        if (named != 0 && (base == 0 || base == named)) {
            digits = digits.substring(2);
            radix = named;
        } else if (base == 0) {
            radix = 10;
        }
        boolean misplaced = digits.isEmpty() || digits.startsWith("_") || digits.endsWith("_") || digits.contains("__");
        if (misplaced || digits.startsWith("+") || digits.startsWith("-") || digits.length() > 4300) {
            return null;
        }
        try {
            BigInteger value = new BigInteger(digits.replace("_", ""), radix);
            return new IntValue(negative ? value.negate() : value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Value toFloat(Rendering rendering, Value value, Arguments arguments) {
        Value otherwise = arguments.optional("default", new FloatValue(0));
        arguments.end();
        return switch (value) {
            case NumberValue number -> new FloatValue(number.real());
            case Text text -> {
                Double real = parseFloat(text.chars());
                yield real == null ? otherwise : new FloatValue(real);
            }
            case Undefined undefined -> throw undefined.fault();
            default -> otherwise;
        };
    }

    /** Python's {@code float(text)}, or null where it raises ValueError. */
    private static @Nullable Double parseFloat(String chars) {
        String text = PythonString.lower(PythonString.strip(Text.trusted(chars)).chars());
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        boolean decimal = unsigned.length() <= 1000
                && unsigned.matches("(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)(e[+-]?\\d+(_\\d+)*)?");
        return decimal ? (Double) (sign * Double.parseDouble(unsigned.replace("_", ""))) : null;
    }

    private static Value abs(Value value) {
        return switch (value) {
            case FloatValue real -> new FloatValue(Math.abs(real.real()));
            case NumberValue number -> new IntValue(number.integer().abs());
            case Undefined undefined -> throw undefined.fault();
            default -> throw new TemplateFault("bad operand type for abs(): '" + value.type() + "'");
        };
    }

    private static Value round(Rendering rendering, Value value, Arguments arguments) {
        int precision = arguments.integer("precision", 0);
        String method =
                arguments.optional("method", Text.trusted("common")).text().chars();
        arguments.end();
        if (!(value instanceof NumberValue number)) {
            throw new TemplateFault("round: expected a number, found " + value.type());
        }
        if (Math.abs(precision) > 300) {
            throw new TemplateFault("round: precision " + precision + " is out of range");
        }
        RoundingMode mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> throw new TemplateFault("method must be common, ceil or floor");
        };
        if (method.equals("common") && number.integral()) {
            BigDecimal rounded = new BigDecimal(number.integer()).setScale(Math.min(precision, 0), mode);
            return new IntValue(rounded.toBigIntegerExact());
        }
        return directed(number, precision, mode);
    }

    private static Value directed(NumberValue number, int precision, RoundingMode mode) {
        double real = number.real();
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            return new FloatValue(real);
        }
        if (mode == RoundingMode.HALF_EVEN) {
            return new FloatValue(
                    Math.copySign(new BigDecimal(real).setScale(precision, mode).doubleValue(), real));
        }
        double factor = Math.pow(10, precision);
        double scaled = real * factor;
        double whole = mode == RoundingMode.CEILING ? Math.ceil(scaled) : Math.floor(scaled);
        // Python's floor and ceil give integers, so zero loses its sign.
        return new FloatValue((whole == 0 ? 0.0 : whole) / factor);
    }
}
