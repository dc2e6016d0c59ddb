package dev.nemotron.output;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values that were written as bare text, without the marks that would tell their type. */
final class BareValue {

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    /** Up to here a double tells every integer from the next. */
    private static final double EXACT = 1L << 53;

    private BareValue() {}

    /**
     * Reads a value of one kind.
     *
     * @param kind the kind
     * @param text the text, without white space around it
     * @return JSON, or null if the text is no such value
     */
    static @Nullable String read(ParameterType.Kind kind, String text) {
        return switch (kind) {
            case INTEGER -> integer(text);
            case NUMBER -> number(text);
            case TRUTH -> truth(text);
            case OBJECT, LIST -> structure(text);
            case OTHER -> PythonLiteral.toJson(text);
            case TEXT, NULL -> null;
        };
    }

    private static @Nullable String integer(String text) {
        if (text.length() > JsonAutomaton.MOST_DIGITS || !INTEGER.matcher(text).matches()) {
            return null;
        }
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        int first = signed ? 1 : 0;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        String digits = text.substring(first);
        return text.charAt(0) == '-' && !digits.equals("0") ? '-' + digits : digits;
    }

    private static @Nullable String number(String text) {
        String integer = integer(text);
        if (integer != null) {
            return integer;
        }
        if (text.length() > JsonAutomaton.MOST_DIGITS || !NUMBER.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return null;
        }
        if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
            return Long.toString((long) value);
        }
        String strict = JsonArguments.normalized(text);
        return strict != null ? strict : Double.toString(value);
    }

    private static @Nullable String truth(String text) {
        if (text.equals("1") || text.equalsIgnoreCase("true")) {
            return "true";
        }
        return text.equals("0") || text.equalsIgnoreCase("false") ? "false" : null;
    }

    private static @Nullable String structure(String text) {
        String json = JsonArguments.normalized(text);
        return json != null ? json : PythonLiteral.toJson(text);
    }
}
