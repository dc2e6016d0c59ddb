package dev.nemotron.template.jinja;

import java.util.Locale;

/** Python's notions of whitespace, printable characters, case and quoting, where Java's differ. */
final class PythonString {

    private PythonString() {}

    /** {@code str.isspace} of one character; wider than Java's, narrower than Unicode's White_Space plus separators. */
    static boolean isSpace(int c) {
        return switch (c) {
            case ' ', '\t', '\n', 0x0B, '\f', '\r', 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0xA0, 0x1680 -> true;
            case 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    static int skipSpace(String chars, int from) {
        int at = from;
        while (at < chars.length() && isSpace(chars.charAt(at))) {
            at++;
        }
        return at;
    }

    static int trimEnd(String chars, int to) {
        int at = to;
        while (at > 0 && isSpace(chars.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    static Text strip(Text text) {
        String chars = text.chars();
        int from = skipSpace(chars, 0);
        return text.substring(from, Math.max(from, trimEnd(chars, chars.length())));
    }

    /** Whether a character ends a line for {@code str.splitlines}. */
    static boolean isLineBreak(char c) {
        return switch (c) {
            case '\n', '\r', 0x0B, '\f', 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    static String upper(String chars) {
        return chars.toUpperCase(Locale.ROOT);
    }

    static String lower(String chars) {
        return chars.toLowerCase(Locale.ROOT);
    }

    static String capitalize(String chars) {
        if (chars.isEmpty()) {
            return chars;
        }
        int first = chars.offsetByCodePoints(0, 1);
        return titleCase(chars.codePointAt(0))
                + lower(chars).substring(lower(chars.substring(0, first)).length());
    }

    private static String titleCase(int c) {
        int title = Character.toTitleCase(c);
        String single = Character.toString(title);
        // Characters such as the sharp s become two letters: upper case, then lower case.
        if (title == c) {
            String upper = upper(Character.toString(c));
            if (upper.length() > single.length()) {
                int first = upper.offsetByCodePoints(0, 1);
                return upper.substring(0, first) + lower(upper.substring(first));
            }
        }
        return single;
    }

    static String title(String chars) {
        StringBuilder out = new StringBuilder(chars.length());
        boolean inWord = false;
        for (int at = 0; at < chars.length(); ) {
            int c = chars.codePointAt(at);
            out.append(inWord ? lower(Character.toString(c)) : titleCase(c));
            inWord = isCased(c);
            at += Character.charCount(c);
        }
        return out.toString();
    }

    static String swapCase(String chars) {
        StringBuilder out = new StringBuilder(chars.length());
        chars.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> out.append(Character.isUpperCase(c.codePointAt(0)) ? lower(c) : upper(c)));
        return out.toString();
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    /** {@code repr} of a string: single quotes unless it holds one and no double quote; what cannot be seen is escaped. */
    static void quote(Text text, TextBuilder out) {
        String chars = text.chars();
        char quote = chars.indexOf('\'') >= 0 && chars.indexOf('"') < 0 ? '"' : '\'';
        out.append(String.valueOf(quote));
        int plain = 0;
        for (int at = 0; at < chars.length(); ) {
            int c = chars.codePointAt(at);
            int next = at + Character.charCount(c);
            if (c == quote || c == '\\' || !isPrintable(c)) {
                out.append(text, plain, at).append(escape(c), text.trustedAt(at));
                plain = next;
            }
            at = next;
        }
        out.append(text, plain, chars.length()).append(String.valueOf(quote));
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\', '\'', '"' -> "\\" + (char) c;
            default -> escapeCode(c);
        };
    }

    private static String escapeCode(int c) {
        if (c < 0x100) {
            return String.format(Locale.ROOT, "\\x%02x", c);
        }
        return String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
    }
}
