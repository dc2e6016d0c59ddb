package dev.nemotron.grammar;

import dev.nemotron.grammar.Facts.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Strings with the length, pattern and format of a schema. */
final class StringSchema {

    /** Formats of numbers, which say nothing about strings. */
    private static final Set<String> OF_NUMBERS = Set.of("int32", "int64", "float", "double");

    private final int least;
    private final int most;
    private final List<Said> patterns;
    private final List<String> formats = new ArrayList<>();
    private final Facts facts;
    private @Nullable List<Dfa> conditions;

    StringSchema(Facts facts) {
        this.facts = facts;
        this.least = facts.least("minLength");
        this.most = facts.most("maxLength");
        this.patterns = facts.said("pattern");
        for (Said said : facts.said("format")) {
            String format = Facts.string(said, "format");
            String expression = StringFormats.expression(format);
            if (expression != null) {
                formats.add(expression);
            } else if (!OF_NUMBERS.contains(format)) {
                throw new UnsupportedSchemaException(
                        said.schema().pointer(), "format", "the format \"" + format + "\" is not known");
            }
        }
    }

    /** Returns the strings between their quotes. */
    Expression quoted(JsonText json) {
        if (least > most) {
            return Expression.NOTHING;
        }
        if (patterns.isEmpty() && formats.isEmpty()) {
            boolean any = least == 0 && most == Expression.UNBOUNDED;
            return any ? json.anyString() : JsonText.string(JsonText.CHARACTER, least, most);
        }
        Expression format = onlyFormat();
        Expression text = format != null ? format : new Expression.Words(language(), true);
        return Expression.sequence(new Expression.Text("\""), text, new Expression.Text("\""));
    }

    /** Returns the strings as they are, none of which contains a line that would end them. */
    Expression raw(Dfa lines) {
        if (least > most) {
            return Expression.NOTHING;
        }
        Expression format = onlyFormat();
        return format != null
                ? format
                : limited(() -> new Expression.Words(language().and(lines), false), "maxLength");
    }

    private @Nullable Expression onlyFormat() {
        boolean alone = patterns.isEmpty() && formats.size() == 1 && least == 0 && most == Expression.UNBOUNDED;
        return alone ? RegexParser.whole(formats.getFirst()) : null;
    }

    private Dfa language() {
        Dfa all = lengths();
        for (Said said : patterns) {
            Dfa before = all;
            all = limited(() -> search(said).and(before), "pattern");
        }
        for (String format : formats) {
            Dfa before = all;
            all = limited(() -> Dfa.of(RegexParser.whole(format)).and(before), "format");
        }
        return all;
    }

    private Dfa lengths() {
        return limited(
                () -> Dfa.of(new Expression.Repeat(new Expression.Chars(CodePoints.ANY), least, most)), "maxLength");
    }

    private <T> T limited(java.util.function.Supplier<T> part, String keyword) {
        try {
            return part.get();
        } catch (UnsupportedSchemaException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String pointer = facts.schemas().getFirst().pointer();
            throw new UnsupportedSchemaException(pointer, keyword, "the combination is " + e.getMessage());
        }
    }

    /** Whether a string fulfils everything. */
    boolean accepts(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= least
                && length <= most
                && conditions().stream().allMatch(condition -> condition.accepts(text));
    }

    private List<Dfa> conditions() {
        List<Dfa> known = conditions;
        if (known == null) {
            known = new ArrayList<>();
            for (Said said : patterns) {
                known.add(search(said));
            }
            for (String format : formats) {
                known.add(Dfa.of(RegexParser.whole(format)));
            }
            conditions = known;
        }
        return known;
    }

    private static Dfa search(Said said) {
        String pattern = Facts.string(said, "pattern");
        try {
            return RegexParser.search(pattern);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedSchemaException(said.schema().pointer(), "pattern", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the texts in which a mark does not occur.
     *
     * @param before what stands before the text and after it and may be part of the mark
     */
    static Dfa without(String mark, String before) {
        int[] failure = new int[mark.length()];
        for (int i = 1, k = 0; i < mark.length(); i++) {
            while (k > 0 && mark.charAt(i) != mark.charAt(k)) {
                k = failure[k - 1];
            }
            k += mark.charAt(i) == mark.charAt(k) ? 1 : 0;
            failure[i] = k;
        }
        Dfa.Machine<Integer> machine = new Dfa.Machine<>() {
            @Override
            public @Nullable Integer step(Integer from, int symbol) {
                if ((symbol >= 0xD800 && symbol < 0xE000) || symbol > CodePoints.LAST) {
                    return null;
                }
                int matched = from;
                while (matched > 0 && mark.charAt(matched) != symbol) {
                    matched = failure[matched - 1];
                }
                matched += mark.charAt(matched) == symbol ? 1 : 0;
                return matched == mark.length() ? null : matched;
            }

            @Override
            public boolean accepts(Integer state) {
                Integer at = state;
                for (int i = 0; i < before.length() && at != null; i++) {
                    at = step(at, before.charAt(i));
                }
                return at != null;
            }
        };
        Integer start = 0;
        for (int i = 0; i < before.length(); i++) {
            start = java.util.Objects.requireNonNull(machine.step(start, before.charAt(i)));
        }
        int[] cuts = IntStream.concat(
                        mark.chars().flatMap(c -> IntStream.of(c, c + 1)),
                        IntStream.of(0xD800, 0xE000, CodePoints.BEGIN))
                .toArray();
        return Dfa.explore(start, cuts, machine);
    }
}
