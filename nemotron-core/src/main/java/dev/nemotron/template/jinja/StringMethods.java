package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str}. */
final class StringMethods {

    /** One method: the string, then the arguments. */
    @FunctionalInterface
    private interface Method {
        Value call(Text self, Arguments arguments);
    }

    private static final Map<String, Method> METHODS = Map.ofEntries(
            Map.entry("capitalize", (s, a) -> a.end(s.map(PythonString::capitalize))),
            Map.entry("casefold", (s, a) -> a.end(s.map(c -> PythonString.lower(PythonString.upper(c))))),
            Map.entry("center", (s, a) -> Padding.pad(s, a, Padding.Side.BOTH)),
            Map.entry("count", StringSearch::count),
            Map.entry("endswith", (s, a) -> StringSearch.startsOrEnds(s, a, false)),
            Map.entry("expandtabs", StringMethods::expandTabs),
            Map.entry("find", (s, a) -> StringSearch.find(s, a, false, false)),
            Map.entry("format", FormatString::format),
            Map.entry("index", (s, a) -> StringSearch.find(s, a, false, true)),
            Map.entry("isalnum", (s, a) -> all(s, a, Character::isLetterOrDigit)),
            Map.entry("isalpha", (s, a) -> all(s, a, Character::isLetter)),
            Map.entry("isascii", (s, a) -> a.end(BoolValue.of(s.chars().chars().allMatch(c -> c < 128)))),
            Map.entry("isdecimal", (s, a) -> all(s, a, Character::isDigit)),
            Map.entry("isdigit", (s, a) -> all(s, a, Character::isDigit)),
            Map.entry("isidentifier", (s, a) -> a.end(BoolValue.of(Lexer.isIdentifier(s.chars())))),
            Map.entry("islower", (s, a) -> a.end(BoolValue.of(isLower(s.chars())))),
            Map.entry("isnumeric", (s, a) -> all(s, a, StringMethods::isNumeric)),
            Map.entry("isspace", (s, a) -> all(s, a, PythonString::isSpace)),
            Map.entry("istitle", (s, a) -> a.end(BoolValue.of(isTitle(s.chars())))),
            Map.entry("isupper", (s, a) -> a.end(BoolValue.of(isUpper(s.chars())))),
            Map.entry("join", (s, a) -> a.end(join(s, a.required("iterable")))),
            Map.entry("ljust", (s, a) -> Padding.pad(s, a, Padding.Side.RIGHT)),
            Map.entry("lower", (s, a) -> a.end(s.map(PythonString::lower))),
            Map.entry("lstrip", (s, a) -> strip(s, a, true, false)),
            Map.entry("partition", (s, a) -> partition(s, a, false)),
            Map.entry("removeprefix", StringMethods::removePrefix),
            Map.entry("removesuffix", StringMethods::removeSuffix),
            Map.entry("replace", StringMethods::replace),
            Map.entry("rfind", (s, a) -> StringSearch.find(s, a, true, false)),
            Map.entry("rindex", (s, a) -> StringSearch.find(s, a, true, true)),
            Map.entry("rjust", (s, a) -> Padding.pad(s, a, Padding.Side.LEFT)),
            Map.entry("rpartition", (s, a) -> partition(s, a, true)),
            Map.entry("rsplit", (s, a) -> StringSplit.split(s, a, true)),
            Map.entry("rstrip", (s, a) -> strip(s, a, false, true)),
            Map.entry("split", (s, a) -> StringSplit.split(s, a, false)),
            Map.entry("splitlines", (s, a) -> {
                boolean keep = a.flag("keepends", false);
                return a.end(ListValue.list(StringSplit.lines(s, keep)));
            }),
            Map.entry("startswith", (s, a) -> StringSearch.startsOrEnds(s, a, true)),
            Map.entry("strip", (s, a) -> strip(s, a, true, true)),
            Map.entry("swapcase", (s, a) -> a.end(s.map(PythonString::swapCase))),
            Map.entry("title", (s, a) -> a.end(s.map(PythonString::title))),
            Map.entry("upper", (s, a) -> a.end(s.map(PythonString::upper))),
            Map.entry("zfill", Padding::zeroFill));

    private StringMethods() {}

    static @Nullable Value find(Text self, String name) {
        Method method = METHODS.get(name);
        return method == null ? null : new Function(name, (rendering, arguments) -> method.call(self, arguments));
    }

    /** {@code separator.join(items)}: all items must be strings. */
    static Text join(Text separator, Value items) {
        TextBuilder out = new TextBuilder();
        int index = 0;
        for (Iterator<Value> rest = items.iterator(); rest.hasNext(); index++) {
            Value item = rest.next();
            if (!(item instanceof Text text)) {
                throw new TemplateFault(
                        "sequence item " + index + ": expected str instance, " + item.type() + " found");
            }
            out.append(index == 0 ? Text.EMPTY : separator).append(separator.isMarkup() ? text.escape() : text);
        }
        return out.build().markupLike(separator);
    }

    /** {@code strip(chars)}: characters of a set, or whitespace where {@code set} is null. */
    static Text strip(Text self, @Nullable String set, boolean left, boolean right) {
        IntPredicate strips = set == null ? PythonString::isSpace : c -> set.indexOf(c) >= 0;
        String chars = self.chars();
        int from = 0;
        int to = chars.length();
        while (left && from < to && strips.test(chars.codePointAt(from))) {
            from = chars.offsetByCodePoints(from, 1);
        }
        while (right && from < to && strips.test(chars.codePointBefore(to))) {
            to = chars.offsetByCodePoints(to, -1);
        }
        return self.substring(from, to);
    }

    private static Value strip(Text self, Arguments arguments, boolean left, boolean right) {
        Value set = arguments.optional("chars", NoneValue.NONE);
        arguments.end();
        if (set != NoneValue.NONE && !(set instanceof Text)) {
            throw new TemplateFault("strip arg must be None or str");
        }
        return strip(self, set instanceof Text text ? text.chars() : null, left, right);
    }

    private static Value replace(Text self, Arguments arguments) {
        Text old = arguments.requiredText("old");
        Text replacement = arguments.requiredText("new");
        int count = arguments.integer("count", -1);
        arguments.end();
        return replace(self, old, replacement, count);
    }

    /** All occurrences, or the first {@code count} where that is not negative. */
    static Text replace(Text self, Text old, Text replacement, int count) {
        String chars = self.chars();
        String wanted = old.chars();
        Text by = self.isMarkup() ? replacement.escape() : replacement;
        TextBuilder out = new TextBuilder();
        int from = 0;
        int search = 0;
        for (int done = 0; count < 0 || done < count; done++) {
            int found = search > chars.length() ? -1 : chars.indexOf(wanted, search);
            if (found < 0) {
                break;
            }
            out.append(self, from, found).append(by);
            from = found + wanted.length();
            search = wanted.isEmpty() ? nextCodePoint(chars, found) : from;
        }
        return out.append(self, from, chars.length()).build().markupLike(self);
    }

    private static int nextCodePoint(String chars, int at) {
        return at < chars.length() ? chars.offsetByCodePoints(at, 1) : at + 1;
    }

    private static Value partition(Text self, Arguments arguments, boolean last) {
        Text separator = arguments.requiredText("sep");
        arguments.end();
        if (separator.chars().isEmpty()) {
            throw new TemplateFault("empty separator");
        }
        String chars = self.chars();
        int found = last ? chars.lastIndexOf(separator.chars()) : chars.indexOf(separator.chars());
        if (found < 0) {
            return last ? ListValue.tuple(Text.EMPTY, Text.EMPTY, self) : ListValue.tuple(self, Text.EMPTY, Text.EMPTY);
        }
        int end = found + separator.chars().length();
        return ListValue.tuple(
                self.substring(0, found), self.substring(found, end), self.substring(end, chars.length()));
    }

    private static Value removePrefix(Text self, Arguments arguments) {
        String prefix = arguments.end(arguments.requiredText("prefix")).chars();
        return self.chars().startsWith(prefix)
                ? self.substring(prefix.length(), self.chars().length())
                : self;
    }

    private static Value removeSuffix(Text self, Arguments arguments) {
        String suffix = arguments.end(arguments.requiredText("suffix")).chars();
        return self.chars().endsWith(suffix) ? self.substring(0, self.chars().length() - suffix.length()) : self;
    }

    private static Value expandTabs(Text self, Arguments arguments) {
        int width = arguments.integer("tabsize", 8);
        arguments.end();
        TextBuilder out = new TextBuilder();
        int column = 0;
        for (Iterator<Value> all = self.iterator(); all.hasNext(); ) {
            Text c = all.next().text();
            if (c.chars().equals("\t")) {
                int spaces = width <= 0 ? 0 : width - column % width;
                out.append(Padding.repeat(Text.of(" ", c.trustedAt(0)), spaces));
                column += spaces;
            } else {
                out.append(c);
                column = c.chars().equals("\n") || c.chars().equals("\r") ? 0 : column + 1;
            }
        }
        return out.build();
    }

    private static Value all(Text self, Arguments arguments, IntPredicate test) {
        arguments.end();
        return BoolValue.of(!self.chars().isEmpty() && self.chars().codePoints().allMatch(test));
    }

    private static boolean isNumeric(int c) {
        return Character.isDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    static boolean isLower(String chars) {
        return chars.codePoints().anyMatch(Character::isLowerCase)
                && chars.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String chars) {
        return chars.codePoints().anyMatch(Character::isUpperCase)
                && chars.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    private static boolean isTitle(String chars) {
        List<Integer> cased = new ArrayList<>();
        boolean inWord = false;
        for (int c : chars.codePoints().toArray()) {
            boolean lower = Character.isLowerCase(c);
            if (PythonString.isCased(c)) {
                if (lower != inWord) {
                    return false;
                }
                cased.add(c);
            }
            inWord = PythonString.isCased(c);
        }
        return !cased.isEmpty();
    }
}
