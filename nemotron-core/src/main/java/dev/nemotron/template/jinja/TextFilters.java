package dev.nemotron.template.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filters that turn a value into text and change it. */
final class TextFilters {

    private TextFilters() {}

    static void register(Map<String, Filter> filters) {
        filters.put("upper", (r, v, a) -> a.end(v.text().map(PythonString::upper)));
        filters.put("lower", (r, v, a) -> a.end(v.text().map(PythonString::lower)));
        filters.put("capitalize", (r, v, a) -> a.end(v.text().map(PythonString::capitalize)));
        filters.put("title", (r, v, a) -> a.end(v.text().map(TextFilters::title)));
        filters.put("trim", (r, v, a) -> trim(v.text(), a));
        filters.put("string", (r, v, a) -> a.end(v.text()));
        filters.put("safe", (r, v, a) -> a.end(v.text().asMarkup()));
        filters.put("escape", (r, v, a) -> a.end(v.text().escape()));
        filters.put("e", (r, v, a) -> a.end(v.text().escape()));
        filters.put("forceescape", (r, v, a) -> a.end(v.text().plain().escape()));
        filters.put("replace", TextFilters::replace);
        filters.put("center", (r, v, a) -> {
            int width = a.integer("width", 80);
            a.end();
            return Padding.pad(v.text(), width, Text.trusted(" "), Padding.Side.BOTH);
        });
        filters.put("indent", TextFilters::indent);
        filters.put("truncate", TextFilters::truncate);
        filters.put("format", TextFilters::format);
        filters.put("wordcount", (r, v, a) -> a.end(IntValue.of(words(v.text().chars()))));
        filters.put("tojson", (r, v, a) -> JsonText.write(v, a));
    }

    private static Value trim(Text text, Arguments arguments) {
        Value set = arguments.optional("chars", NoneValue.NONE);
        arguments.end();
        return StringMethods.strip(text, set instanceof Text chars ? chars.chars() : null, true, true);
    }

    private static Value replace(Rendering rendering, Value value, Arguments arguments) {
        Text old = arguments.required("old").text();
        Text replacement = arguments.required("new").text();
        Value count = arguments.optional("count", NoneValue.NONE);
        arguments.end();
        int most = count instanceof NumberValue number && number.integral()
                ? number.integer().intValue()
                : -1;
        return StringMethods.replace(value.text().plain(), old, replacement.plain(), most);
    }

    /** Upper case behind each separator, as Jinja's own rule has it, which is not {@code str.title}. */
    private static String title(String chars) {
        StringBuilder out = new StringBuilder(chars.length());
        boolean start = true;
        for (int at = 0; at < chars.length(); ) {
            int c = chars.codePointAt(at);
            String one = Character.toString(c);
            boolean separator = PythonString.isSpace(c) || "-({[<".indexOf(c) >= 0;
            out.append(separator ? one : start ? PythonString.upper(one) : PythonString.lower(one));
            start = separator;
            at += one.length();
        }
        return out.toString();
    }

    private static Value indent(Rendering rendering, Value value, Arguments arguments) {
        Value width = arguments.optional("width", IntValue.of(4));
        boolean first = arguments.flag("first", false);
        boolean blank = arguments.flag("blank", false);
        arguments.end();
        Text indention = width instanceof Text text ? text : (Text) Operator.MULTIPLY.apply(Text.trusted(" "), width);
        if (!(value instanceof Text text)) {
            throw value instanceof Undefined undefined
                    ? undefined.fault()
                    : new TemplateFault("indent: expected a string, found " + value.type());
        }
        List<Text> lines = StringSplit.lines(text.plain().plus(Text.trusted("\n")), false);
        TextBuilder out = new TextBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Text line = lines.get(i);
            boolean indented = i == 0 ? first : blank || !line.chars().isEmpty();
            out.append(i == 0 ? "" : "\n")
                    .append(indented ? indention : Text.EMPTY)
                    .append(line);
        }
        return out.build().markupLike(text);
    }

    private static Value truncate(Rendering rendering, Value value, Arguments arguments) {
        int length = arguments.integer("length", 255);
        boolean killWords = arguments.flag("killwords", false);
        Text end = arguments.optional("end", Text.trusted("...")).text();
        Value given = arguments.optional("leeway", NoneValue.NONE);
        arguments.end();
        int leeway = given instanceof NumberValue number ? number.integer().intValue() : 5;
        if (length < end.length() || leeway < 0) {
            throw new TemplateFault("truncate: expected length >= " + end.length() + " and leeway >= 0");
        }
        if (!(value instanceof Text text)) {
            throw new TemplateFault("truncate: expected a string, found " + value.type());
        }
        if (text.length() <= (long) length + leeway) {
            return text;
        }
        Text cut = (Text) text.slice(new Slice(null, IntValue.of(length - end.length()), null));
        int space = killWords ? -1 : cut.chars().lastIndexOf(' ');
        return (space < 0 ? cut : cut.substring(0, space)).plus(end);
    }

    private static Value format(Rendering rendering, Value value, Arguments arguments) {
        List<Value> positional = arguments.remainingPositional();
        Map<String, Value> named = arguments.remainingNamed();
        if (!positional.isEmpty() && !named.isEmpty()) {
            throw new TemplateFault("can't handle positional and keyword arguments at the same time");
        }
        if (named.isEmpty()) {
            return FormatString.percent(value.text(), ListValue.tuple(positional));
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        named.forEach((name, argument) -> entries.put(Text.trusted(name), argument));
        return FormatString.percent(value.text(), DictValue.of(entries));
    }

    private static int words(String chars) {
        int words = 0;
        boolean inWord = false;
        for (int c : chars.codePoints().toArray()) {
            boolean letter = Character.isLetterOrDigit(c) || c == '_';
            words += letter && !inWord ? 1 : 0;
            inWord = letter;
        }
        return words;
    }
}
