package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import java.nio.CharBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression without a scanner of its own. It was written for the Oniguruma engine; the flags make the JDK's
 * read it the same way: Unicode classes, {@code ^} and {@code $} at every line, only a line feed ends a line.
 *
 * <p>The expression comes from a foreign file, so a search that eats the stack or more time than any sane pattern needs is
 * ended with an exception.
 */
final class RegexPattern implements SplitPattern {

    private static final int MAX_LENGTH = 64 << 10;
    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES;
    private static final Pattern PROPERTY_NAME = Pattern.compile("(\\\\[pP]\\{\\^?)(?!Is|In)([A-Z][A-Za-z_]{2,})\\}");
    private static final long STEPS_PER_CHARACTER = 2_000;
    private static final long FREE_STEPS = 1_000_000;

    private final Pattern pattern;
    private final String place;

    /**
     * Compiles an expression.
     *
     * @param regex the expression
     * @param place file and key, for messages
     * @throws ModelFormatException if it is too long or not an expression that the JDK understands
     */
    RegexPattern(String regex, String place) {
        this.place = place;
        if (regex.length() > MAX_LENGTH) {
            throw new ModelFormatException(
                    place + ": a regular expression of " + regex.length() + " characters, at most " + MAX_LENGTH);
        }
        if (regex.contains("[[:")) {
            throw new ModelFormatException(place + ": POSIX bracket classes are not supported, write \\p{...} instead");
        }
        try {
            pattern = Pattern.compile(PROPERTY_NAME.matcher(regex).replaceAll("$1Is$2}"), FLAGS);
        } catch (PatternSyntaxException e) {
            throw new ModelFormatException(
                    place + ": not a regular expression that is understood: " + e.getDescription() + " at "
                            + e.getIndex(),
                    e);
        } catch (StackOverflowError e) {
            throw new ModelFormatException(place + ": a regular expression nested too deeply", e);
        }
    }

    @Override
    public void find(char[] text, int from, int to, Stretches out) {
        Matcher matcher = pattern.matcher(new BudgetedText(text, from, to - from, place));
        int open = from;
        while (found(matcher)) {
            int start = from + matcher.start();
            int end = from + matcher.end();
            if (open < start) {
                out.stretch(open, start, false);
            }
            out.stretch(start, end, true);
            open = end;
        }
        if (open < to) {
            out.stretch(open, to, false);
        }
    }

    /** Returns the text with every match replaced by a literal text. */
    String replaceAll(String text, String replacement) {
        char[] characters = text.toCharArray();
        StringBuilder replaced = new StringBuilder(characters.length);
        find(characters, 0, characters.length, (from, to, match) -> {
            if (match) {
                replaced.append(replacement);
            } else {
                replaced.append(characters, from, to - from);
            }
        });
        return replaced.toString();
    }

    private boolean found(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            throw new ModelFormatException(
                    place + ": the regular expression needs too deep a recursion on this text", e);
        }
    }

    /** Counts the characters that the engine looks at, which bounds the time of a search. */
    private static final class BudgetedText implements CharSequence {
        private final char[] text;
        private final int from;
        private final int length;
        private final String place;
        private long steps;

        BudgetedText(char[] text, int from, int length, String place) {
            this.text = text;
            this.from = from;
            this.length = length;
            this.place = place;
            this.steps = FREE_STEPS + STEPS_PER_CHARACTER * length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new ModelFormatException(
                        place + ": the regular expression takes too long on a text of " + length + " characters");
            }
            return text[from + index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return CharBuffer.wrap(text, from + start, end - start);
        }

        @Override
        public String toString() {
            return new String(text, from, length);
        }
    }
}
