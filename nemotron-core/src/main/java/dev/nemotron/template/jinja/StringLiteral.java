package dev.nemotron.template.jinja;

/** The escapes of a string literal, as Python's {@code unicode-escape} codec reads them. */
final class StringLiteral {

    private StringLiteral() {}

    static String decode(String literal, int position) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder out = new StringBuilder(literal.length());
        int at = 0;
        while (at < literal.length()) {
            char c = literal.charAt(at);
            at = c == '\\' ? escape(literal, at + 1, out, position) : plain(c, at, out);
        }
        return out.toString();
    }

    private static int plain(char c, int at, StringBuilder out) {
        out.append(c);
        return at + 1;
    }

    /** Decodes what follows a backslash and says where it ends. */
    private static int escape(String literal, int at, StringBuilder out, int position) {
        char c = literal.charAt(at);
        int simple = "\\'\"abfnrtv".indexOf(c);
        if (simple >= 0) {
            out.append("\\'\"\u0007\b\f\n\r\t\u000B".charAt(simple));
            return at + 1;
        }
        return switch (c) {
            case '\n' -> at + 1;
            case 'x' -> hex(literal, at + 1, 2, out, position);
            case 'u' -> hex(literal, at + 1, 4, out, position);
            case 'U' -> hex(literal, at + 1, 8, out, position);
            case 'N' -> named(literal, at + 1, out, position);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(literal, at, out);
            default -> {
                // An unknown escape stays as it is.
                out.append("\\").append(c);
                yield at + 1;
            }
        };
    }

    private static int hex(String literal, int from, int digits, StringBuilder out, int position) {
        int end = from + digits;
        if (end > literal.length() || !literal.substring(from, end).matches("[0-9a-fA-F]+")) {
            throw new TemplateFault("truncated \\x, \\u or \\U escape in a string", position);
        }
        long code = Long.parseLong(literal.substring(from, end), 16);
        if (code > Character.MAX_CODE_POINT) {
            throw new TemplateFault("illegal Unicode character in a string", position);
        }
        out.appendCodePoint((int) code);
        return end;
    }

    private static int octal(String literal, int from, StringBuilder out) {
        int end = from;
        while (end < literal.length() && end < from + 3 && literal.charAt(end) >= '0' && literal.charAt(end) <= '7') {
            end++;
        }
        out.appendCodePoint(Integer.parseInt(literal.substring(from, end), 8));
        return end;
    }

    private static int named(String literal, int from, StringBuilder out, int position) {
        int close = literal.indexOf('}', from);
        if (close < 0 || literal.charAt(from) != '{') {
            throw new TemplateFault("malformed \\N character escape in a string", position);
        }
        try {
            out.appendCodePoint(Character.codePointOf(literal.substring(from + 1, close)));
        } catch (IllegalArgumentException e) {
            throw new TemplateFault("unknown Unicode character name in a string", position);
        }
        return close + 1;
    }
}
