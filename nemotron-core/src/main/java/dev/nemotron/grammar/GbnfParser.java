package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads GBNF, the notation of llama.cpp: {@code name ::= alternatives}, with literals, classes of characters, {@code .},
 * groups, repetitions and comments. The text begins with the rule {@code root}.
 */
final class GbnfParser {

    private static final int MAX_GROUPS = 100;
    private static final int MAX_COUNT = 1_000_000;

    private final String text;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Set<String> defined = new HashSet<>();
    private int at;
    private int groups;

    private GbnfParser(String text) {
        this.text = text;
    }

    /**
     * Reads a grammar.
     *
     * @throws IllegalArgumentException if it is malformed, calls a rule that is not there, or has no rule {@code root}
     */
    static Expression parse(String text) {
        GbnfParser parser = new GbnfParser(text);
        parser.space(true);
        while (parser.at < text.length()) {
            parser.rule();
            parser.space(true);
        }
        if (!parser.defined.contains("root")) {
            throw parser.wrong("the rule \"root\", where the text begins, is missing");
        }
        for (String name : parser.rules.keySet()) {
            if (!parser.defined.contains(name)) {
                throw parser.wrong("the rule \"" + name + "\" is called but not defined");
            }
        }
        return new Expression.Call(parser.named("root"));
    }

    private Rule named(String name) {
        return rules.computeIfAbsent(name, Rule::new);
    }

    private void rule() {
        String name = name();
        space(false);
        if (!text.startsWith("::=", at)) {
            throw wrong("expected ::= after the name of a rule");
        }
        at += 3;
        space(true);
        if (!defined.add(name)) {
            throw wrong("the rule \"" + name + "\" is defined twice");
        }
        named(name).define(alternatives());
        if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            throw wrong("expected the end of the rule \"" + name + '"');
        }
    }

    private String name() {
        int begin = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (begin == at) {
            throw wrong("expected the name of a rule");
        }
        return text.substring(begin, at);
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private Expression alternatives() {
        List<Expression> options = new ArrayList<>(List.of(sequence()));
        while (continues()) {
            at++;
            space(true);
            options.add(sequence());
        }
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }

    /** Whether an alternative follows, be it on the next line. */
    private boolean continues() {
        int before = at;
        space(true);
        if (peek('|')) {
            return true;
        }
        if (groups == 0) {
            at = before;
        }
        return false;
    }

    private Expression sequence() {
        List<Expression> parts = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            Expression part;
            if (c == '"') {
                part = literal();
            } else if (c == '[') {
                part = characters();
            } else if (c == '(') {
                part = group();
            } else if (c == '.') {
                at++;
                part = new Expression.Chars(CodePoints.ANY);
            } else if (isNamePart(c)) {
                part = new Expression.Call(named(name()));
            } else {
                break;
            }
            space(groups > 0);
            parts.add(repeated(part));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
    }

    private Expression group() {
        at++;
        if (++groups > MAX_GROUPS) {
            throw wrong("groups are nested more than " + MAX_GROUPS + " deep");
        }
        space(true);
        Expression body = alternatives();
        if (!peek(')')) {
            throw wrong("expected )");
        }
        at++;
        groups--;
        return body;
    }

    private Expression repeated(Expression body) {
        Expression result = body;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                at++;
                result = new Expression.Repeat(result, c == '+' ? 1 : 0, c == '?' ? 1 : Expression.UNBOUNDED);
            } else if (c == '{') {
                result = counted(result);
            } else {
                return result;
            }
            if (result instanceof Expression.Repeat outer && outer.body() instanceof Expression.Repeat) {
                result = Expression.sequence(result);
            }
            space(groups > 0);
        }
        return result;
    }

    private Expression counted(Expression body) {
        at++;
        space(groups > 0);
        int min = peek(',') ? 0 : count();
        space(groups > 0);
        int max = min;
        if (peek(',')) {
            at++;
            space(groups > 0);
            max = peek('}') ? Expression.UNBOUNDED : count();
            space(groups > 0);
        }
        if (!peek('}') || min > max) {
            throw wrong("expected a repetition {least,most}");
        }
        at++;
        return new Expression.Repeat(body, min, max);
    }

    private int count() {
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int count = at - begin > 9 ? Integer.MAX_VALUE : at == begin ? -1 : Integer.parseInt(text.substring(begin, at));
        if (count < 0 || count > MAX_COUNT) {
            throw wrong("expected a count of at most " + MAX_COUNT);
        }
        return count;
    }

    private Expression literal() {
        at++;
        StringBuilder literal = new StringBuilder();
        while (!peek('"')) {
            literal.appendCodePoint(character("a literal"));
        }
        at++;
        return new Expression.Text(literal.toString());
    }

    private Expression characters() {
        at++;
        boolean negated = peek('^');
        at += negated ? 1 : 0;
        IntList pairs = new IntList();
        while (!peek(']')) {
            int low = character("a class");
            int high = low;
            if (peek('-') && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                high = character("a class");
            }
            if (high < low) {
                throw wrong("a range of characters runs backwards");
            }
            pairs.add(low);
            pairs.add(high);
        }
        at++;
        CodePoints set = CodePoints.of(pairs.toArray());
        return new Expression.Chars(negated ? set.not() : set.and(CodePoints.ANY));
    }

    private int character(String within) {
        if (at >= text.length() || text.charAt(at) == '\n') {
            throw wrong(within + " has no end");
        }
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point != '\\') {
            return point;
        }
        char escaped = at < text.length() ? text.charAt(at++) : ' ';
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case '"', '[', ']', '\\', '-', '^' -> escaped;
            default -> throw wrong("the escape \\" + escaped + " is not known");
        };
    }

    private int hexadecimal(int digits) {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]+")) {
            throw wrong("expected " + digits + " hexadecimal digits");
        }
        long value = Long.parseLong(text.substring(at, end), 16);
        at = end;
        if (value > CodePoints.LAST || (value >= 0xD800 && value <= 0xDFFF)) {
            throw wrong("an escape is no character");
        }
        return (int) value;
    }

    private void space(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private IllegalArgumentException wrong(String what) {
        long line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new IllegalArgumentException("grammar, line " + line + ": " + what);
    }
}
