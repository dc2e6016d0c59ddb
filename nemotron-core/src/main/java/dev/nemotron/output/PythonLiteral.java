package dev.nemotron.output;

import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of a Python literal as {@code repr} writes it: {@code {'a': [1, None, True], "b": (2.5,)}}. JSON's own words and
 * raw line breaks in strings are understood too. For one text.
 */
final class PythonLiteral {

    private final String text;
    private final StringBuilder json = new StringBuilder();
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * Makes JSON of a literal.
     *
     * @param text the literal
     * @return JSON, or null if it is no literal, or nested too deeply
     */
    static @Nullable String toJson(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        return literal.value(JsonAutomaton.MOST_DEPTH) && literal.peek() == 0 && literal.at == text.length()
                ? literal.json.toString()
                : null;
    }

    /** The next character that is not white space, left where it is; 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '{' -> depth > 0 && items('}', '{', depth - 1);
            case '[' -> depth > 0 && items(']', '[', depth - 1);
            case '(' -> depth > 0 && items(')', '[', depth - 1);
            case '"', '\'' -> string();
            default -> word();
        };
    }

    private boolean items(char close, char jsonOpen, int depth) {
        at++;
        json.append(jsonOpen);
        boolean first = true;
        while (peek() != close) {
            if (!first) {
                if (peek() != ',') {
                    return false;
                }
                at++;
                if (peek() == close) {
                    break;
                }
                json.append(", ");
            }
            first = false;
            if (!(jsonOpen == '{' ? member(depth) : value(depth))) {
                return false;
            }
        }
        at++;
        json.append(jsonOpen == '{' ? '}' : ']');
        return true;
    }

    private boolean member(int depth) {
        char quote = peek();
        if ((quote != '"' && quote != '\'') || !string() || peek() != ':') {
            return false;
        }
        at++;
        json.append(": ");
        return value(depth);
    }

    private boolean word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        String value = switch (word) {
            case "None", "null" -> "null";
            case "True", "true" -> "true";
            case "False", "false" -> "false";
            default -> BareValue.read(ParameterType.Kind.NUMBER, word);
        };
        if (value == null) {
            return false;
        }
        json.append(value);
        return true;
    }

    private boolean string() {
        char quote = text.charAt(at++);
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c != '\\') {
                content.append(c);
            } else if (at == text.length() || !escape(text.charAt(at++), content)) {
                return false;
            }
        }
        if (at == text.length()) {
            return false;
        }
        at++;
        json.append(JsonStrings.quote(content.toString()));
        return true;
    }

    private boolean escape(char c, StringBuilder content) {
        int named = "abfnrtv0\\'\"/".indexOf(c);
        if (named >= 0) {
            content.append("\u0007\b\f\n\r\t\u000b\0\\'\"/".charAt(named));
            return true;
        }
        int digits = "xuU".indexOf(c) < 0 ? 0 : c == 'x' ? 2 : c == 'u' ? 4 : 8;
        if (digits == 0) {
            content.append('\\').append(c);
            return true;
        }
        if (at + digits > text.length()) {
            return false;
        }
        int code = 0;
        for (int i = 0; i < digits; i++) {
            char digit = text.charAt(at++);
            if (digit > 'f' || Character.digit(digit, 16) < 0) {
                return false;
            }
            code = code << 4 | Character.digit(digit, 16);
        }
        if (!Character.isValidCodePoint(code)) {
            return false;
        }
        content.appendCodePoint(code);
        return true;
    }
}
