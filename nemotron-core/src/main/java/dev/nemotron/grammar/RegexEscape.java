package dev.nemotron.grammar;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads an escape of a regular expression: the characters that it stands for. */
final class RegexEscape {

    private static final CodePoints DIGIT = CodePoints.of('0', '9');
    private static final CodePoints WORD = CodePoints.of('0', '9', 'A', 'Z', 'a', 'z', '_', '_');
    private static final CodePoints SPACE = CodePoints.of(
            '\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F,
            0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);

    /** General categories in the order of the constants of {@link Character}. */
    private static final String[] CATEGORIES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
        "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    private static final Map<String, CodePoints> PROPERTIES = new ConcurrentHashMap<>();

    private final String pattern;
    private final boolean inClass;
    private int at;

    /**
     * Opens a reader.
     *
     * @param at where the backslash is
     */
    RegexEscape(String pattern, int at, boolean inClass) {
        this.pattern = pattern;
        this.at = at;
        this.inClass = inClass;
    }

    /** Returns the index after the escape that has been read. */
    int end() {
        return at;
    }

    CodePoints read() {
        at++;
        if (at >= pattern.length()) {
            throw wrong(pattern, at, "a backslash at the end");
        }
        char c = pattern.charAt(at++);
        return switch (c) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 'n' -> single('\n');
            case 'r' -> single('\r');
            case 't' -> single('\t');
            case 'f' -> single('\f');
            case 'v' -> single(0x0B);
            case '0' -> single(0);
            case 'c' -> single(control());
            case 'x' -> single(hex(2));
            case 'u' -> single(unicode());
            case 'p', 'P' -> property(c == 'P');
            default -> {
                if (c == 'b' && inClass) {
                    yield single('\b');
                }
                if (c < 0x80 && Character.isLetterOrDigit(c)) {
                    throw wrong(pattern, at, "the escape \\" + c);
                }
                int point = pattern.codePointAt(at - 1);
                at += Character.charCount(point) - 1;
                yield single(point);
            }
        };
    }

    private static CodePoints single(int point) {
        return CodePoints.of(point, point);
    }

    private int control() {
        if (at >= pattern.length() || !Character.isLetter(pattern.charAt(at)) || pattern.charAt(at) > 'z') {
            throw wrong(pattern, at, "the escape \\c without a letter");
        }
        return pattern.charAt(at++) & 0x1F;
    }

    private int hex(int digits) {
        int end = at + digits;
        if (end > pattern.length() || !pattern.substring(at, end).matches("[0-9A-Fa-f]+")) {
            throw wrong(pattern, at, "an escape without its " + digits + " hexadecimal digits");
        }
        int value = Integer.parseInt(pattern.substring(at, end), 16);
        at = end;
        return value;
    }

    private int unicode() {
        if (at < pattern.length() && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            if (end < 0 || end - at > 7) {
                throw wrong(pattern, at, "the escape \\u{ without its end");
            }
            at++;
            int value = hex(end - at);
            at++;
            if (value > CodePoints.LAST) {
                throw wrong(pattern, at, "a code point beyond the last");
            }
            return value;
        }
        int unit = hex(4);
        if (Character.isHighSurrogate((char) unit) && pattern.startsWith("\\u", at)) {
            int before = at;
            at += 2;
            int low = hex(4);
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
            at = before;
        }
        return unit;
    }

    private CodePoints property(boolean negated) {
        int end = at + 1;
        String name = at < pattern.length() ? pattern.substring(at, end) : "";
        if (name.equals("{")) {
            end = pattern.indexOf('}', at) + 1;
            if (end == 0) {
                throw wrong(pattern, at, "a property without its end");
            }
            name = pattern.substring(at + 1, end - 1);
        }
        CodePoints set = PROPERTIES.computeIfAbsent(name, RegexEscape::category);
        if (set.isEmpty()) {
            throw wrong(pattern, at, "the property \"" + name + "\" (general categories are supported)");
        }
        at = end;
        return negated ? set.not() : set;
    }

    private static CodePoints category(String name) {
        IntList pairs = new IntList();
        if (!name.matches("[CLMNPSZ][a-z]?")) {
            return CodePoints.NONE;
        }
        for (int point = 0; point <= CodePoints.LAST; point++) {
            if (CATEGORIES[Character.getType(point)].startsWith(name)) {
                if (pairs.size() > 0 && pairs.get(pairs.size() - 1) == point - 1) {
                    pairs.set(pairs.size() - 1, point);
                } else {
                    pairs.add(point);
                    pairs.add(point);
                }
            }
        }
        return CodePoints.of(pairs.toArray()).and(CodePoints.ANY);
    }

    /** Makes the exception for an expression that cannot be used. */
    static IllegalArgumentException wrong(String pattern, int at, String what) {
        String shown = pattern.length() > 80 ? pattern.substring(0, 80) + "..." : pattern;
        return new IllegalArgumentException(
                "regular expression \"" + shown + "\", at " + at + ": " + what + " is not supported");
    }
}
