package dev.nemotron.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tojson} filter of transformers: Python's {@code json.dumps} without HTML escaping. Strings keep their
 * marks, so the JSON of user data stays untrusted between the punctuation.
 */
final class JsonText {

    private final TextBuilder out = new TextBuilder();
    private final boolean ascii;
    private final @Nullable String indent;
    private final Text itemSeparator;
    private final Text keySeparator;
    private final boolean sortKeys;

    private JsonText(boolean ascii, @Nullable String indent, Text itemSeparator, Text keySeparator, boolean sortKeys) {
        this.ascii = ascii;
        this.indent = indent;
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.sortKeys = sortKeys;
    }

    static Text write(Value value, Arguments arguments) {
        boolean ascii = arguments.flag("ensure_ascii", false);
        String indent = indentation(arguments.optional("indent", NoneValue.NONE));
        Value separators = arguments.optional("separators", NoneValue.NONE);
        boolean sorted = arguments.flag("sort_keys", false);
        arguments.end();
        Text item = Text.trusted(indent == null ? ", " : ",");
        Text key = Text.trusted(": ");
        if (separators != NoneValue.NONE) {
            List<Value> pair = ListValue.items(separators);
            if (pair.size() != 2 || !(pair.get(0) instanceof Text first) || !(pair.get(1) instanceof Text second)) {
                throw new TemplateFault("tojson: separators must be a pair of strings");
            }
            item = first;
            key = second;
        }
        JsonText json = new JsonText(ascii, indent, item, key, sorted);
        json.value(value, 0);
        return json.out.build();
    }

    private static @Nullable String indentation(Value indent) {
        return switch (indent) {
            case NoneValue none -> null;
            case Text text -> text.chars();
            case NumberValue number
            when number.integral() ->
                Padding.repeat(
                                Text.trusted(" "),
                                Math.max(
                                        0,
                                        new Arguments("tojson", List.of(number), Map.of()).requiredInteger("indent")))
                        .chars();
            default -> throw new TemplateFault("tojson: indent must be an integer or a string, not " + indent.type());
        };
    }

    private void value(Value value, int level) {
        switch (value) {
            case NoneValue none -> out.append("null");
            case BoolValue flag -> out.append(flag.truthy() ? "true" : "false");
            case IntValue number -> out.append(number.integer().toString());
            case FloatValue number -> out.append(number(number.real()));
            case Text text -> string(text);
            case ListValue list -> list(list.items(), level);
            case DictValue dict -> dict(dict, level);
            default -> throw new TemplateFault("Object of type " + value.type() + " is not JSON serializable");
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Numbers.print(value);
    }

    private void list(List<Value> items, int level) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append("[");
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? Text.EMPTY : itemSeparator);
            newline(level + 1);
            value(items.get(i), level + 1);
        }
        newline(level);
        out.append("]");
    }

    private void dict(DictValue dict, int level) {
        if (!dict.truthy()) {
            out.append("{}");
            return;
        }
        out.append("{");
        boolean first = true;
        for (Map.Entry<Value, Value> entry : entries(dict)) {
            out.append(first ? Text.EMPTY : itemSeparator);
            first = false;
            newline(level + 1);
            string(key(entry.getKey()));
            out.append(keySeparator);
            value(entry.getValue(), level + 1);
        }
        newline(level);
        out.append("}");
    }

    private List<Map.Entry<Value, Value>> entries(DictValue dict) {
        List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
        if (sortKeys) {
            entries.sort(Map.Entry.comparingByKey(Comparison.ORDER));
        }
        return entries;
    }

    private static Text key(Value key) {
        return switch (key) {
            case Text text -> text;
            case BoolValue flag -> Text.trusted(flag.truthy() ? "true" : "false");
            case NoneValue none -> Text.trusted("null");
            case FloatValue number -> Text.trusted(number(number.real()));
            case IntValue number -> number.text();
            default -> throw new TemplateFault("keys must be str, int, float, bool or None, not " + key.type());
        };
    }

    private void newline(int level) {
        if (indent != null) {
            out.append("\n").append(indent.repeat(level));
        }
    }

    private void string(Text text) {
        String chars = text.chars();
        out.append("\"");
        int plain = 0;
        for (int at = 0; at < chars.length(); at++) {
            String escape = escape(chars.charAt(at));
            if (escape != null) {
                out.append(text, plain, at).append(escape, text.trustedAt(at));
                plain = at + 1;
            }
        }
        out.append(text, plain, chars.length()).append("\"");
    }

    private @Nullable String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\f' -> "\\f";
            case '\b' -> "\\b";
            default -> c < ' ' || (ascii && c > '~') ? String.format(Locale.ROOT, "\\u%04x", (int) c) : null;
        };
    }
}
