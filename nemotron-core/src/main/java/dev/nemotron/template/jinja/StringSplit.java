package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's {@code split}, {@code rsplit} and {@code splitlines}. */
final class StringSplit {

    private StringSplit() {}

    static Value split(Text self, Arguments arguments, boolean fromRight) {
        Value separator = arguments.optional("sep", NoneValue.NONE);
        int most = arguments.integer("maxsplit", -1);
        arguments.end();
        int count = most < 0 ? Integer.MAX_VALUE : most;
        if (separator == NoneValue.NONE) {
            return ListValue.list(fromRight ? wordsFromRight(self, count) : words(self, count));
        }
        if (!(separator instanceof Text text)) {
            throw new TemplateFault("must be str or None, not " + separator.type());
        }
        if (text.chars().isEmpty()) {
            throw new TemplateFault("empty separator");
        }
        return ListValue.list(fromRight ? partsFromRight(self, text.chars(), count) : parts(self, text.chars(), count));
    }

    private static List<Text> parts(Text self, String separator, int count) {
        List<Text> parts = new ArrayList<>();
        String chars = self.chars();
        int from = 0;
        int found = chars.indexOf(separator);
        while (found >= 0 && parts.size() < count) {
            parts.add(self.substring(from, found));
            from = found + separator.length();
            found = chars.indexOf(separator, from);
        }
        parts.add(self.substring(from, chars.length()));
        return parts;
    }

    private static List<Text> partsFromRight(Text self, String separator, int count) {
        List<Text> parts = new ArrayList<>();
        String chars = self.chars();
        int to = chars.length();
        int found = chars.lastIndexOf(separator);
        while (found >= 0 && parts.size() < count) {
            parts.add(self.substring(found + separator.length(), to));
            to = found;
            found = to < separator.length() ? -1 : chars.lastIndexOf(separator, to - separator.length());
        }
        parts.add(self.substring(0, to));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Text> words(Text self, int count) {
        List<Text> words = new ArrayList<>();
        String chars = self.chars();
        int at = PythonString.skipSpace(chars, 0);
        while (at < chars.length()) {
            if (words.size() == count) {
                words.add(self.substring(at, chars.length()));
                return words;
            }
            int end = at;
            while (end < chars.length() && !PythonString.isSpace(chars.charAt(end))) {
                end++;
            }
            words.add(self.substring(at, end));
            at = PythonString.skipSpace(chars, end);
        }
        return words;
    }

    private static List<Text> wordsFromRight(Text self, int count) {
        List<Text> words = new ArrayList<>();
        String chars = self.chars();
        int to = PythonString.trimEnd(chars, chars.length());
        while (to > 0) {
            int from = to;
            while (from > 0 && !PythonString.isSpace(chars.charAt(from - 1))) {
                from--;
            }
            if (words.size() == count) {
                words.add(self.substring(0, to));
                break;
            }
            words.add(self.substring(from, to));
            to = PythonString.trimEnd(chars, from);
        }
        Collections.reverse(words);
        return words;
    }

    static List<Text> lines(Text self, boolean keepEnds) {
        List<Text> lines = new ArrayList<>();
        String chars = self.chars();
        int from = 0;
        while (from < chars.length()) {
            int end = from;
            while (end < chars.length() && !PythonString.isLineBreak(chars.charAt(end))) {
                end++;
            }
            int next = end;
            if (next < chars.length()) {
                next += chars.startsWith("\r\n", end) ? 2 : 1;
            }
            lines.add(self.substring(from, keepEnds ? next : end));
            from = next;
        }
        return lines;
    }
}
