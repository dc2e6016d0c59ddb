package dev.nemotron.template.jinja;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A string that remembers for each character whether the template wrote it (trusted) or the input did (untrusted).
 * Slicing, joining and every filter keep the marks, so user text stays recognisable in the output. Equality looks at
 * the characters alone. Indices of this class are UTF-16 units; what a template sees is code points.
 */
final class Text implements Value {

    private static final int[] ALL_TRUSTED = {};
    private static final int[] ALL_UNTRUSTED = {0};

    static final Text EMPTY = trusted("");

    private final String chars;

    /** Ascending indices at which trust changes; before the first one it is given. */
    private final int[] flips;

    private final boolean markup;

    private Text(String chars, int[] flips, boolean markup) {
        this.chars = chars;
        this.flips = flips;
        this.markup = markup;
    }

    static Text trusted(String chars) {
        return new Text(chars, ALL_TRUSTED, false);
    }

    static Text untrusted(String chars) {
        return new Text(chars, chars.isEmpty() ? ALL_TRUSTED : ALL_UNTRUSTED, false);
    }

    static Text of(String chars, boolean trusted) {
        return trusted ? trusted(chars) : untrusted(chars);
    }

    /** Takes over {@code flips}. */
    static Text marked(String chars, int[] flips) {
        return new Text(chars, flips, false);
    }

    String chars() {
        return chars;
    }

    boolean isMarkup() {
        return markup;
    }

    Text asMarkup() {
        return new Text(chars, flips, true);
    }

    boolean trustedAt(int index) {
        return (changesUpTo(index) & 1) == 0;
    }

    /** How many changes of trust lie at or before an index. */
    private int changesUpTo(int index) {
        if (flips.length == 0) {
            return 0;
        }
        int found = Arrays.binarySearch(flips, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Where the run of equal trust that holds an index ends. */
    int runEnd(int index) {
        int next = changesUpTo(index);
        return next < flips.length ? flips[next] : chars.length();
    }

    Text substring(int from, int to) {
        if (from == 0 && to == chars.length()) {
            return this;
        }
        if (flips.length == 0 || from == to || (flips.length == 1 && flips[0] == 0)) {
            return new Text(chars.substring(from, to), from == to ? ALL_TRUSTED : flips, markup);
        }
        return new TextBuilder().append(this, from, to).build().markupLike(this);
    }

    Text markupLike(Text other) {
        return other.markup == markup ? this : new Text(chars, flips, other.markup);
    }

    Text plain() {
        return markup ? new Text(chars, flips, false) : this;
    }

    /** Changes the characters, for example their case: the marks stay where the lengths allow it, else nothing is trusted. */
    Text map(UnaryOperator<String> change) {
        String changed = change.apply(chars);
        if (flips.length == 0 || changed.length() == chars.length()) {
            return new Text(changed, flips, markup);
        }
        return new Text(changed, changed.isEmpty() ? ALL_TRUSTED : ALL_UNTRUSTED, markup);
    }

    /** Python's {@code +}: markup escapes what joins it. */
    Text plus(Text other) {
        if (markup != other.markup) {
            Text left = markup ? this : escape();
            Text right = other.markup ? other : other.escape();
            return left.plain().plus(right.plain()).asMarkup();
        }
        if (other.chars.isEmpty()) {
            return this;
        }
        return new TextBuilder().append(this).append(other).build().markupLike(this);
    }

    /** HTML escaping; markup stays as it is. */
    Text escape() {
        if (markup) {
            return this;
        }
        TextBuilder out = new TextBuilder();
        for (int i = 0; i < chars.length(); i++) {
            String entity = entity(chars.charAt(i));
            if (entity == null) {
                out.append(this, i, i + 1);
            } else {
                out.append(entity, trustedAt(i));
            }
        }
        return out.build().asMarkup();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\'' -> "&#39;";
            case '"' -> "&#34;";
            default -> null;
        };
    }

    @Override
    public String type() {
        return markup ? "Markup" : "str";
    }

    @Override
    public boolean truthy() {
        return !chars.isEmpty();
    }

    @Override
    public Text text() {
        return this;
    }

    @Override
    public void repr(TextBuilder out) {
        if (markup) {
            out.append("Markup(");
            PythonString.quote(this, out);
            out.append(")");
        } else {
            PythonString.quote(this, out);
        }
    }

    @Override
    public int length() {
        return chars.codePointCount(0, chars.length());
    }

    @Override
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < chars.length();
            }

            @Override
            public Value next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = at;
                at = chars.offsetByCodePoints(at, 1);
                return substring(from, at);
            }
        };
    }

    @Override
    public boolean contains(Value value) {
        if (value instanceof Text part) {
            return chars.contains(part.chars);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        throw new TemplateFault("'in <string>' requires string as left operand, not " + value.type());
    }

    @Override
    public @Nullable Value member(String name) {
        return StringMethods.find(this, name);
    }

    @Override
    public @Nullable Value item(Value key) {
        int length = length();
        int index = SequenceValue.index(key, length);
        if (index < 0) {
            return null;
        }
        int from = length == chars.length() ? index : chars.offsetByCodePoints(0, index);
        return substring(from, chars.offsetByCodePoints(from, 1));
    }

    @Override
    public Value slice(Slice slice) {
        int length = length();
        Slice.Bounds bounds = slice.bounds(length);
        if (bounds.step() == 1) {
            int from = chars.offsetByCodePoints(0, bounds.from());
            return substring(from, chars.offsetByCodePoints(from, bounds.count()));
        }
        int[] offsets = offsets(length);
        TextBuilder out = new TextBuilder();
        for (int i = 0; i < bounds.count(); i++) {
            int index = bounds.from() + i * bounds.step();
            out.append(this, offsets[index], offsets[index + 1]);
        }
        return out.build().markupLike(this);
    }

    private int[] offsets(int length) {
        int[] offsets = new int[length + 1];
        for (int i = 0; i < length; i++) {
            offsets[i + 1] = chars.offsetByCodePoints(offsets[i], 1);
        }
        return offsets;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Text text && chars.equals(text.chars);
    }

    @Override
    public int hashCode() {
        return chars.hashCode();
    }

    @Override
    public String toString() {
        return chars;
    }
}
