package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a source into tokens. Whitespace around tags follows Jinja with {@code trim_blocks} and {@code lstrip_blocks}: a
 * line break right behind a statement or comment goes, and so does the space before one that starts a line; {@code -}
 * takes all whitespace on its side, {@code +} keeps it.
 */
final class Lexer {

    private static final Pattern FLOAT = Pattern.compile(
            "(?<!\\.)(?:\\d+_)*+\\d++(?:(?:\\.(?:\\d+_)*+\\d++)?[eE][+-]?(?:\\d+_)*+\\d++|\\.(?:\\d+_)*+\\d++)");
    private static final Pattern INTEGER = Pattern.compile(
            "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%([-+]?)(\\s*)raw(\\s*)(-?)%}");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)(\\s*)endraw(\\s*)([-+]?)%}");
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    /** Line breaks as {@code \n}, and one at the very end dropped. */
    static String normalise(String source) {
        String text =
                source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n").replace('\r', '\n');
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    static List<Token> tokens(String normalisedSource) {
        Lexer lexer = new Lexer(normalisedSource);
        lexer.run();
        return lexer.tokens;
    }

    static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && isNameStart(text.codePointAt(0))
                && text.codePoints().allMatch(Lexer::isNamePart);
    }

    private static boolean isNameStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }

    private static boolean isNamePart(int c) {
        return c == '_' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private void run() {
        while (at < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                add(Kind.DATA, source.substring(at), at);
                break;
            }
            switch (source.charAt(tag + 1)) {
                case '#' -> comment(tag);
                case '{' -> variable(tag);
                default -> statement(tag);
            }
        }
        add(Kind.END, "", source.length());
    }

    private int nextTag() {
        int tag = source.indexOf('{', at);
        while (tag >= 0 && (tag + 1 == source.length() || "{%#".indexOf(source.charAt(tag + 1)) < 0)) {
            tag = source.indexOf('{', tag + 1);
        }
        return tag;
    }

    private void add(Kind kind, String text, int position) {
        if (kind != Kind.DATA || !text.isEmpty()) {
            tokens.add(new Token(kind, text, position));
        }
    }

    /** The modifier behind a tag's opening, or a blank. */
    private char sign(int index) {
        char c = index < source.length() ? source.charAt(index) : ' ';
        return c == '-' || c == '+' ? c : ' ';
    }

    /** Adds the text before a tag, shortened as the tag's modifier says. */
    private void text(int end, char sign, boolean strips) {
        String text = source.substring(at, end);
        int keep = text.length();
        if (sign == '-') {
            keep = PythonString.trimEnd(text, keep);
        } else if (sign != '+' && strips) {
            int line = text.lastIndexOf('\n') + 1;
            boolean starts = line > 0 || lineStarts;
            keep = starts && PythonString.skipSpace(text, line) == keep ? line : keep;
        }
        add(Kind.DATA, text.substring(0, keep), at);
    }

    private void moveTo(int next) {
        lineStarts = next > 0 && source.charAt(next - 1) == '\n';
        at = next;
    }

    private int afterBlock(int end) {
        return end < source.length() && source.charAt(end) == '\n' ? end + 1 : end;
    }

    private void comment(int tag) {
        char sign = sign(tag + 2);
        text(tag, sign, true);
        int body = sign == ' ' ? tag + 2 : tag + 3;
        int close = source.indexOf("#}", body);
        if (close < 0) {
            throw new TemplateFault("Missing end of comment tag", tag);
        }
        char ending = close > body ? sign(close - 1) : ' ';
        moveTo(
                switch (ending) {
                    case '-' -> PythonString.skipSpace(source, close + 2);
                    case '+' -> close + 2;
                    default -> afterBlock(close + 2);
                });
    }

    private void variable(int tag) {
        char sign = sign(tag + 2);
        text(tag, sign, false);
        add(Kind.VARIABLE_BEGIN, "{{", tag);
        at = sign == ' ' ? tag + 2 : tag + 3;
        inside(Kind.VARIABLE_END, "}}", tag);
    }

    private void statement(int tag) {
        Matcher raw = RAW_BEGIN.matcher(source).region(tag, source.length());
        if (raw.lookingAt()) {
            raw(raw, tag);
            return;
        }
        char sign = sign(tag + 2);
        text(tag, sign, true);
        add(Kind.BLOCK_BEGIN, "{%", tag);
        at = sign == ' ' ? tag + 2 : tag + 3;
        inside(Kind.BLOCK_END, "%}", tag);
    }

    private void raw(Matcher begin, int tag) {
        String sign = begin.group(1);
        text(tag, sign.isEmpty() ? ' ' : sign.charAt(0), true);
        moveTo(begin.group(4).isEmpty() ? begin.end() : PythonString.skipSpace(source, begin.end()));
        Matcher end = RAW_END.matcher(source);
        if (!end.find(at)) {
            throw new TemplateFault("Missing end of raw directive", tag);
        }
        String endSign = end.group(1);
        text(end.start(), endSign.isEmpty() ? ' ' : endSign.charAt(0), true);
        moveTo(
                switch (end.group(4)) {
                    case "-" -> PythonString.skipSpace(source, end.end());
                    case "+" -> end.end();
                    default -> afterBlock(end.end());
                });
    }

    /** The tokens of a tag up to and with its end. */
    private void inside(Kind endKind, String end, int tag) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            at = PythonString.skipSpace(source, at);
            if (at >= source.length()) {
                add(Kind.END, "", source.length());
                throw new TemplateFault("unexpected end of template, the tag that starts here is not closed", tag);
            }
            if (open.isEmpty() && ends(endKind, end)) {
                return;
            }
            token(open);
        }
    }

    private boolean ends(Kind kind, String end) {
        int start = at;
        if (source.startsWith(end, at)) {
            int next = at + end.length();
            moveTo(kind == Kind.BLOCK_END ? afterBlock(next) : next);
        } else if (source.startsWith("-" + end, at)) {
            moveTo(PythonString.skipSpace(source, at + 1 + end.length()));
        } else if (kind == Kind.BLOCK_END && source.startsWith("+" + end, at)) {
            moveTo(at + 1 + end.length());
        } else {
            return false;
        }
        add(kind, end, start);
        return true;
    }

    private void token(Deque<Character> open) {
        char c = source.charAt(at);
        if (c >= '0' && c <= '9') {
            number();
        } else if (isNameStart(source.codePointAt(at))) {
            int start = at;
            while (at < source.length() && isNamePart(source.codePointAt(at))) {
                at += Character.charCount(source.codePointAt(at));
            }
            add(Kind.NAME, source.substring(start, at), start);
        } else if (c == '\'' || c == '"') {
            string(c);
        } else {
            operator(open);
        }
    }

    private void number() {
        Matcher real = FLOAT.matcher(source).region(at, source.length()).useTransparentBounds(true);
        Matcher integer = INTEGER.matcher(source).region(at, source.length());
        boolean isFloat = real.lookingAt();
        if (!isFloat && !integer.lookingAt()) {
            throw new TemplateFault("unexpected char '" + source.charAt(at) + "'", at);
        }
        int end = isFloat ? real.end() : integer.end();
        add(isFloat ? Kind.FLOAT : Kind.INTEGER, source.substring(at, end), at);
        at = end;
    }

    private void string(char quote) {
        int start = at++;
        while (at < source.length() && source.charAt(at) != quote) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= source.length()) {
            throw new TemplateFault("unexpected char " + quote + ", the string that starts here is not closed", start);
        }
        add(Kind.STRING, StringLiteral.decode(source.substring(start + 1, at), start), start);
        at++;
    }

    private void operator(Deque<Character> open) {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                balance(operator, open);
                add(Kind.OPERATOR, operator, at);
                at += operator.length();
                return;
            }
        }
        throw new TemplateFault("unexpected char '" + Character.toString(source.codePointAt(at)) + "'", at);
    }

    private void balance(String operator, Deque<Character> open) {
        switch (operator) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw new TemplateFault("unexpected '" + operator + "'", at);
                }
                char expected = open.pop();
                if (operator.charAt(0) != expected) {
                    throw new TemplateFault("unexpected '" + operator + "', expected '" + expected + "'", at);
                }
            }
            default -> {}
        }
    }
}
