package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How JSON is written: compact, with at most one space after a colon or a comma. Keys are written in one way only, each
 * character as itself if it can be; in other strings every escape may be used. For one grammar.
 */
final class JsonText {

    /** The most levels of a value that no schema describes. */
    private static final int LEVELS = 32;

    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
    private static final String SHORT_LETTERS = "\"\\bfnrt";
    private static final CodePoints ESCAPED = CodePoints.of(0, 0x1F, '"', '"', '\\', '\\');
    private static final CodePoints HEX = CodePoints.of('0', '9', 'A', 'F', 'a', 'f');

    static final Expression SPACE = Expression.optional(new Expression.Text(" "));
    static final Expression COMMA = Expression.sequence(new Expression.Text(","), SPACE);
    static final Expression COLON = Expression.sequence(new Expression.Text(":"), SPACE);
    static final Expression CHARACTER = character();
    static final Expression INTEGER = integer();
    static final Expression NUMBER = number();
    static final Expression BOOLEAN = new Expression.Literals(List.of("true", "false"));
    static final Expression NULL = new Expression.Text("null");
    static final Expression OBJECT_BEGIN = new Expression.KeyMark('{', KeyScope.OPEN);
    static final Expression OBJECT_END = new Expression.KeyMark('}', KeyScope.CLOSE);
    private static final Expression KEY_BEGIN = new Expression.KeyMark('"', KeyScope.KEY);
    private static final Expression FREE_KEY_BEGIN = new Expression.KeyMark('"', KeyScope.KEY | KeyScope.FREE);
    private static final Expression KEY_END = new Expression.KeyMark('"', KeyScope.KEY_END);

    private final Rule string = new Rule("string");
    private final Rule number = new Rule("number");
    private final Rule anyKey = new Rule("key");
    private final Rule[] values = new Rule[LEVELS + 1];

    JsonText() {
        string.define(string(CHARACTER, 0, Expression.UNBOUNDED));
        number.define(NUMBER);
        anyKey.define(Expression.sequence(FREE_KEY_BEGIN, Expression.star(quoted(CodePoints.ANY)), KEY_END));
        for (int level = 0; level <= LEVELS; level++) {
            values[level] = new Rule("value");
            List<Expression> options =
                    new ArrayList<>(List.of(new Expression.Call(string), new Expression.Call(number), BOOLEAN, NULL));
            if (level > 0) {
                options.add(object(level));
                options.add(array(level));
            }
            values[level].define(new Expression.Choice(options));
        }
    }

    /** Any value. */
    Expression anyValue() {
        return new Expression.Call(values[LEVELS]);
    }

    /** Any object. */
    Expression anyObject() {
        return object(LEVELS);
    }

    /** Any array. */
    Expression anyArray() {
        return array(LEVELS);
    }

    /** Any string. */
    Expression anyString() {
        return new Expression.Call(string);
    }

    /** A key that is free to choose. */
    Expression anyKey() {
        return new Expression.Call(anyKey);
    }

    private Expression object(int level) {
        Expression member =
                Expression.sequence(new Expression.Call(anyKey), COLON, new Expression.Call(values[level - 1]));
        return Expression.sequence(OBJECT_BEGIN, listed(member), OBJECT_END);
    }

    private Expression array(int level) {
        return Expression.sequence(
                new Expression.Text("["), listed(new Expression.Call(values[level - 1])), new Expression.Text("]"));
    }

    private static Expression listed(Expression member) {
        Rule once = new Rule("member");
        once.define(member);
        Expression call = new Expression.Call(once);
        return Expression.optional(Expression.sequence(call, Expression.star(Expression.sequence(COMMA, call))));
    }

    /** A string of so many characters. */
    static Expression string(Expression character, int min, int max) {
        return Expression.sequence(
                new Expression.Text("\""), new Expression.Repeat(character, min, max), new Expression.Text("\""));
    }

    /** A key of a fixed name. */
    static Expression key(String name) {
        String written = JsonLiteral.write(name);
        return Expression.sequence(KEY_BEGIN, new Expression.Text(written.substring(1, written.length() - 1)), KEY_END);
    }

    /** A key that is one of many. */
    static Expression key(Dfa names) {
        return Expression.sequence(FREE_KEY_BEGIN, new Expression.Words(names, true), KEY_END);
    }

    /** One character of a set, as it is written within a string. */
    static Expression quoted(CodePoints set) {
        List<Expression> options = new ArrayList<>(List.of(new Expression.Chars(set.minus(ESCAPED))));
        CodePoints escaped = set.and(ESCAPED);
        for (int range = 0; range < escaped.ranges(); range++) {
            for (int point = escaped.low(range); point <= escaped.high(range); point++) {
                options.add(new Expression.Text(escape(point)));
            }
        }
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }

    /** Returns how a character is written that cannot stand for itself. */
    static String escape(int point) {
        int index = SHORT_ESCAPES.indexOf(point);
        return index >= 0 ? "\\" + SHORT_LETTERS.charAt(index) : String.format(java.util.Locale.ROOT, "\\u%04x", point);
    }

    private static Expression character() {
        Expression hex = new Expression.Chars(HEX);
        CodePoints d = CodePoints.ofEach("dD");
        Expression high = Expression.sequence(
                new Expression.Chars(d), new Expression.Chars(CodePoints.ofEach("89abAB")), hex, hex);
        Expression low = Expression.sequence(
                new Expression.Chars(d), new Expression.Chars(CodePoints.ofEach("cdefCDEF")), hex, hex);
        Expression below = Expression.sequence(new Expression.Chars(HEX.minus(d)), hex, hex, hex);
        Expression among =
                Expression.sequence(new Expression.Chars(d), new Expression.Chars(CodePoints.of('0', '7')), hex, hex);
        Expression unit = Expression.choice(below, among, Expression.sequence(high, new Expression.Text("\\u"), low));
        return Expression.choice(
                new Expression.Chars(ESCAPED.not()),
                Expression.sequence(
                        new Expression.Text("\\"),
                        Expression.choice(
                                new Expression.Chars(CodePoints.ofEach("\"\\/bfnrt")),
                                Expression.sequence(new Expression.Text("u"), unit))));
    }

    private static Expression integer() {
        Expression digits = Expression.sequence(
                new Expression.Chars(CodePoints.of('1', '9')),
                new Expression.Repeat(new Expression.Chars(CodePoints.of('0', '9')), 0, 39));
        return Expression.choice(
                new Expression.Text("0"), Expression.sequence(Expression.optional(new Expression.Text("-")), digits));
    }

    /** Numbers that every reader takes: at most 40 digits on each side of the point, exponents up to 307. */
    private static Expression number() {
        return RegexParser.whole(
                "-?(?:(?:0|[1-9][0-9]{0,39})(?:\\.[0-9]{1,40})?|[0-9](?:\\.[0-9]{1,40})?[eE][+-]?(?:[0-9]{1,2}|[12][0-9]{2}|30[0-7]))");
    }

    /** A value that is given, with the spaces that may be in it. */
    static Expression literal(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<Expression> parts = new ArrayList<>(List.of(OBJECT_BEGIN));
                map.forEach((key, member) -> {
                    if (parts.size() > 1) {
                        parts.add(COMMA);
                    }
                    parts.add(key(String.valueOf(key)));
                    parts.add(COLON);
                    parts.add(literal(member));
                });
                parts.add(OBJECT_END);
                yield new Expression.Sequence(parts);
            }
            case List<?> list -> {
                List<Expression> parts = new ArrayList<>(List.of(new Expression.Text("[")));
                for (Object member : list) {
                    if (parts.size() > 1) {
                        parts.add(COMMA);
                    }
                    parts.add(literal(member));
                }
                parts.add(new Expression.Text("]"));
                yield new Expression.Sequence(parts);
            }
            case null, default -> new Expression.Literals(JsonLiteral.spellings(value));
        };
    }
}
