package dev.nemotron.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that look for a part within optional bounds. */
final class StringSearch {

    private StringSearch() {}

    /** The part of a string that {@code start} and {@code end} leave, with the code points before it. */
    private record Window(String chars, int skipped, boolean valid) {}

    private static Window window(Text self, Arguments arguments) {
        Value start = given(arguments.optional("start"));
        Value end = given(arguments.optional("end"));
        arguments.end();
        if (start == null && end == null) {
            return new Window(self.chars(), 0, true);
        }
        int length = self.length();
        Slice.Bounds bounds = new Slice(start, end, null).bounds(length);
        int first =
                start == null ? 0 : new Slice(null, start, null).bounds(length).count();
        boolean beyond = start instanceof NumberValue number && Numbers.compare(number, IntValue.of(length)) > 0;
        int from = self.chars().offsetByCodePoints(0, bounds.count() == 0 ? first : bounds.from());
        int to = self.chars().offsetByCodePoints(from, bounds.count());
        boolean inverted =
                end != null && new Slice(null, end, null).bounds(length).count() < first;
        return new Window(self.chars().substring(from, to), first, !beyond && !inverted);
    }

    private static @Nullable Value given(@Nullable Value bound) {
        return bound == NoneValue.NONE ? null : bound;
    }

    static Value find(Text self, Arguments arguments, boolean last, boolean strict) {
        String part = arguments.requiredText("sub").chars();
        Window window = window(self, arguments);
        int found = !window.valid ? -1 : last ? window.chars.lastIndexOf(part) : window.chars.indexOf(part);
        if (found < 0) {
            if (strict) {
                throw new TemplateFault("substring not found");
            }
            return IntValue.of(-1);
        }
        return IntValue.of(window.skipped + window.chars.codePointCount(0, found));
    }

    static Value count(Text self, Arguments arguments) {
        String part = arguments.requiredText("sub").chars();
        Window window = window(self, arguments);
        if (!window.valid) {
            return IntValue.of(0);
        }
        if (part.isEmpty()) {
            return IntValue.of(1 + window.chars.codePointCount(0, window.chars.length()));
        }
        int count = 0;
        for (int at = window.chars.indexOf(part); at >= 0; at = window.chars.indexOf(part, at + part.length())) {
            count++;
        }
        return IntValue.of(count);
    }

    static Value startsOrEnds(Text self, Arguments arguments, boolean starts) {
        Value wanted = arguments.required("prefix");
        Window window = window(self, arguments);
        List<Value> choices = wanted instanceof ListValue list && list.isTuple() ? list.items() : List.of(wanted);
        for (Value choice : choices) {
            if (choice instanceof Undefined undefined) {
                throw undefined.fault();
            }
            if (!(choice instanceof Text part)) {
                throw new TemplateFault((starts ? "startswith" : "endswith")
                        + " first arg must be str or a tuple of str, not " + choice.type());
            }
            boolean found = starts ? window.chars.startsWith(part.chars()) : window.chars.endsWith(part.chars());
            if (window.valid && found) {
                return BoolValue.TRUE;
            }
        }
        return BoolValue.FALSE;
    }
}
