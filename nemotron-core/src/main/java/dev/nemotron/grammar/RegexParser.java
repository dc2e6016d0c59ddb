package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads regular expressions as ECMA-262 writes them: classes, groups, alternatives, repetitions, anchors. Lazy repetitions
 * match the same texts as greedy ones. Look-around, back references, word boundaries and flags are refused.
 */
final class RegexParser {

    private static final int MAX_GROUPS = 100;
    private static final int MAX_COUNT = 1_000_000;
    private static final Pattern COUNTS = Pattern.compile("\\{\\d+(,\\d*)?}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\?<[A-Za-z_]\\w*>");

    private final String pattern;
    private final boolean outerAnchorsRedundant;
    private int at;
    private int groups;
    private boolean anchored;

    private RegexParser(String pattern, boolean outerAnchorsRedundant) {
        this.pattern = pattern;
        this.outerAnchorsRedundant = outerAnchorsRedundant;
    }

    /**
     * Reads an expression that a text has to match as a whole.
     *
     * @throws IllegalArgumentException if it is malformed or has something that is not supported
     */
    static Expression whole(String pattern) {
        RegexParser parser = new RegexParser(pattern, true);
        Expression expression = parser.parse();
        if (!parser.anchored) {
            return expression;
        }
        return new Expression.Words(
                Dfa.of(Expression.sequence(
                                Expression.optional(point(CodePoints.BEGIN)),
                                expression,
                                Expression.optional(point(CodePoints.END))))
                        .betweenAnchors(),
                false);
    }

    /**
     * Reads an expression that has to match somewhere within a string.
     *
     * @throws IllegalArgumentException if it is malformed, has something that is not supported, or is too large
     */
    static Dfa search(String pattern) {
        Expression expression = new RegexParser(pattern, false).parse();
        Expression any = Expression.star(new Expression.Chars(CodePoints.ANY));
        Expression before = Expression.optional(Expression.sequence(point(CodePoints.BEGIN), any));
        Expression after = Expression.optional(Expression.sequence(any, point(CodePoints.END)));
        return Dfa.of(Expression.sequence(before, expression, after)).betweenAnchors();
    }

    private static Expression point(int codePoint) {
        return new Expression.Chars(CodePoints.of(codePoint, codePoint));
    }

    private Expression parse() {
        Expression expression = alternatives();
        if (at < pattern.length()) {
            throw wrong("an unmatched )");
        }
        return expression;
    }

    private Expression alternatives() {
        List<Expression> options = new ArrayList<>(List.of(sequence()));
        while (peek('|')) {
            at++;
            options.add(sequence());
        }
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }

    private Expression sequence() {
        List<Expression> parts = new ArrayList<>();
        int begin = at;
        while (at < pattern.length() && !peek('|') && !peek(')')) {
            if (isRedundantAnchor(begin)) {
                at++;
            } else {
                parts.add(repeated(atom()));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
    }

    private boolean isRedundantAnchor(int begin) {
        if (!outerAnchorsRedundant || groups > 0) {
            return false;
        }
        boolean last = at + 1 == pattern.length() || pattern.charAt(at + 1) == '|';
        return (peek('^') && at == begin) || (peek('$') && last);
    }

    private Expression repeated(Expression body) {
        Expression result = body;
        while (at < pattern.length()) {
            int min;
            int max;
            if (peek('*') || peek('+') || peek('?')) {
                min = peek('+') ? 1 : 0;
                max = peek('?') ? 1 : Expression.UNBOUNDED;
                at++;
            } else if (peek('{')
                    && COUNTS.matcher(pattern).region(at, pattern.length()).lookingAt()) {
                int end = pattern.indexOf('}', at);
                String[] counts = pattern.substring(at + 1, end).split(",", -1);
                at = end + 1;
                min = count(counts[0]);
                max = counts.length == 1 ? min : counts[1].isEmpty() ? Expression.UNBOUNDED : count(counts[1]);
            } else {
                return result;
            }
            if (min > max) {
                throw wrong("a repetition whose least is more than its most");
            }
            if (peek('?')) {
                at++;
            } else if (peek('+')) {
                throw wrong("a possessive repetition");
            }
            result = new Expression.Repeat(result, min, max);
            if (peek('*') || peek('{')) {
                throw wrong("a repetition of a repetition without a group");
            }
        }
        return result;
    }

    private int count(String digits) {
        int count = digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (count > MAX_COUNT) {
            throw wrong("a repetition of more than " + MAX_COUNT);
        }
        return count;
    }

    private Expression atom() {
        char c = pattern.charAt(at);
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                at++;
                yield new Expression.Chars(characterClass());
            }
            case '.' -> {
                at++;
                yield new Expression.Chars(CodePoints.ofEach("\n\r\u2028\u2029").not());
            }
            case '^', '$' -> {
                at++;
                anchored = true;
                yield point(c == '^' ? CodePoints.BEGIN : CodePoints.END);
            }
            case '*', '+', '?' -> throw wrong("a repetition of nothing");
            case '\\' -> new Expression.Chars(escape(false));
            default -> {
                int point = pattern.codePointAt(at);
                at += Character.charCount(point);
                yield new Expression.Chars(CodePoints.of(point, point));
            }
        };
    }

    private Expression group() {
        at++;
        if (peek('?')) {
            if (pattern.startsWith("?:", at)) {
                at += 2;
            } else if (GROUP_NAME.matcher(pattern).region(at, pattern.length()).lookingAt()) {
                at = pattern.indexOf('>', at) + 1;
            } else {
                throw wrong("look-around or flags");
            }
        }
        if (++groups > MAX_GROUPS) {
            throw wrong("groups nested more than " + MAX_GROUPS + " deep");
        }
        Expression body = alternatives();
        groups--;
        if (!peek(')')) {
            throw wrong("a group without its end");
        }
        at++;
        return body;
    }

    private CodePoints characterClass() {
        boolean negated = peek('^');
        at += negated ? 1 : 0;
        CodePoints set = CodePoints.NONE;
        while (!peek(']')) {
            if (at >= pattern.length()) {
                throw wrong("a class without its end");
            }
            CodePoints low = member();
            if (!isRange()) {
                set = set.or(low);
                continue;
            }
            at++;
            CodePoints high = member();
            if (!isSingle(low) || !isSingle(high) || low.low(0) > high.low(0)) {
                throw wrong("a range of characters that is none");
            }
            set = set.or(CodePoints.of(low.low(0), high.low(0)));
        }
        at++;
        return negated ? set.not() : set.and(CodePoints.ANY);
    }

    private boolean isRange() {
        return peek('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
    }

    private static boolean isSingle(CodePoints set) {
        return set.ranges() == 1 && set.low(0) == set.high(0);
    }

    private CodePoints member() {
        if (peek('\\')) {
            return escape(true);
        }
        if (at >= pattern.length()) {
            throw wrong("a class without its end");
        }
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        return CodePoints.of(point, point);
    }

    private CodePoints escape(boolean inClass) {
        RegexEscape escape = new RegexEscape(pattern, at, inClass);
        CodePoints set = escape.read();
        at = escape.end();
        return set;
    }

    private boolean peek(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    private IllegalArgumentException wrong(String what) {
        return RegexEscape.wrong(pattern, at, what);
    }
}
