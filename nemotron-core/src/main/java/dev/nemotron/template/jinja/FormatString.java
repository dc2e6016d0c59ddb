package dev.nemotron.template.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's two ways of filling in text: {@code str.format} and the {@code %} operator. */
final class FormatString {

    private FormatString() {}

    /** {@code self.format(...)}, with the sandbox's rule that fields reach nothing but items and attributes. */
    static Value format(Text self, Arguments arguments) {
        List<Value> positional = arguments.remainingPositional();
        Map<String, Value> named = arguments.remainingNamed();
        String chars = self.chars();
        TextBuilder out = new TextBuilder();
        int automatic = 0;
        int at = 0;
        while (at < chars.length()) {
            char c = chars.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < chars.length() && chars.charAt(at + 1) == c) {
                out.append(self, at, at + 1);
                at += 2;
            } else if (c == '{') {
                int close = chars.indexOf('}', at);
                if (close < 0) {
                    throw new TemplateFault("expected '}' before end of string");
                }
                Field field = Field.parse(chars.substring(at + 1, close));
                boolean numbered = !field.root().isEmpty();
                Value value = numbered ? lookup(field.root(), positional, named) : at(positional, automatic++);
                out.append(fitting(self, field.render(value)));
                at = close + 1;
            } else if (c == '}') {
                throw new TemplateFault("Single '}' encountered in format string");
            } else {
                out.append(self, at, at + 1);
                at++;
            }
        }
        return out.build().markupLike(self);
    }

    /** Markup escapes what is filled into it. */
    private static Text fitting(Text frame, Text piece) {
        return frame.isMarkup() ? piece.escape() : piece;
    }

    private static Value lookup(String root, List<Value> positional, Map<String, Value> named) {
        if (root.chars().allMatch(Character::isDigit)) {
            return at(positional, root.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(root));
        }
        Value value = named.get(root);
        if (value == null) {
            throw new TemplateFault("'" + root + "'");
        }
        return value;
    }

    private static Value at(List<Value> positional, int index) {
        if (index >= positional.size()) {
            throw new TemplateFault("Replacement index " + index + " out of range for positional args tuple");
        }
        return positional.get(index);
    }

    /** The inside of a pair of braces: {@code root path !conversion :spec}. */
    private record Field(String root, String path, char conversion, String spec) {

        static Field parse(String inside) {
            int colon = inside.indexOf(':');
            String name = colon < 0 ? inside : inside.substring(0, colon);
            String spec = colon < 0 ? "" : inside.substring(colon + 1);
            int bang = name.indexOf('!');
            char conversion = bang >= 0 && bang + 1 < name.length() ? name.charAt(bang + 1) : '\0';
            String path = bang < 0 ? name : name.substring(0, bang);
            int end = 0;
            while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                end++;
            }
            return new Field(path.substring(0, end), path.substring(end), conversion, spec);
        }

        Text render(Value value) {
            Value target = follow(value);
            if (conversion == 'r' || conversion == 'a') {
                TextBuilder out = new TextBuilder();
                target.repr(out);
                target = out.build();
            } else if (conversion == 's') {
                target = target.text();
            } else if (conversion != '\0') {
                throw new TemplateFault("Unknown conversion specifier '" + conversion + "'");
            }
            return spec.isEmpty() ? target.text() : FormatSpec.parse(spec).apply(target);
        }

        private Value follow(Value value) {
            Value target = value;
            int at = 0;
            while (at < path.length()) {
                boolean bracket = path.charAt(at) == '[';
                int end = bracket ? path.indexOf(']', at) : nextStep(at + 1);
                if (end < 0) {
                    throw new TemplateFault("Missing ']' in format string");
                }
                String name = path.substring(at + 1, end);
                target = bracket ? target.subscript(key(name)) : target.attribute(name);
                at = bracket ? end + 1 : end;
            }
            return target;
        }

        private int nextStep(int from) {
            int at = from;
            while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
                at++;
            }
            return at;
        }

        private static Value key(String name) {
            boolean number =
                    !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
            return number ? IntValue.of(Integer.parseInt(name)) : Text.trusted(name);
        }
    }

    /** {@code self % values}. */
    static Text percent(Text self, Value values) {
        String chars = self.chars();
        List<Value> positional = values instanceof ListValue list && list.isTuple() ? list.items() : List.of(values);
        TextBuilder out = new TextBuilder();
        int used = 0;
        int at = 0;
        while (at < chars.length()) {
            int sign = chars.indexOf('%', at);
            if (sign < 0) {
                break;
            }
            out.append(self, at, sign);
            Directive directive = Directive.parse(chars, sign + 1);
            at = directive.end();
            if (directive.type() == '%') {
                out.append("%");
            } else if (directive.key() != null) {
                out.append(fitting(self, directive.render(values.subscript(Text.trusted(directive.key())))));
                used = positional.size();
            } else {
                if (used >= positional.size()) {
                    throw new TemplateFault("not enough arguments for format string");
                }
                out.append(fitting(self, directive.render(positional.get(used++))));
            }
        }
        if (used < positional.size() && !(values instanceof DictValue)) {
            throw new TemplateFault("not all arguments converted during string formatting");
        }
        return out.append(self, at, chars.length()).build().markupLike(self);
    }

    /** One {@code %[(key)][flags][width][.precision]type}. */
    private record Directive(@Nullable String key, String flags, String size, char type, int end) {

        static Directive parse(String chars, int from) {
            int at = from;
            String key = null;
            if (at < chars.length() && chars.charAt(at) == '(') {
                int close = chars.indexOf(')', at);
                if (close < 0) {
                    throw new TemplateFault("incomplete format key");
                }
                key = chars.substring(at + 1, close);
                at = close + 1;
            }
            int flags = at;
            while (at < chars.length() && "#0- +".indexOf(chars.charAt(at)) >= 0) {
                at++;
            }
            int size = at;
            while (at < chars.length() && (Character.isDigit(chars.charAt(at)) || chars.charAt(at) == '.')) {
                at++;
            }
            if (at >= chars.length()) {
                throw new TemplateFault("incomplete format");
            }
            return new Directive(
                    key, chars.substring(flags, size), chars.substring(size, at), chars.charAt(at), at + 1);
        }

        Text render(Value value) {
            String align = flags.contains("-") ? "<" : ">";
            String sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
            String zero = flags.contains("0") && !flags.contains("-") ? "0" : "";
            String number = (zero.isEmpty() ? align : "") + sign + (flags.contains("#") ? "#" : "") + zero + size;
            return switch (type) {
                case 's' -> FormatSpec.parse(align + size + "s").apply(value.text());
                case 'r' -> FormatSpec.parse(align + size + "s").apply(repr(value));
                case 'd', 'i', 'u' -> FormatSpec.parse(number + "d").apply(whole(value));
                case 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G' ->
                    FormatSpec.parse(number + type).apply(real(value));
                default -> throw new TemplateFault("unsupported format character '" + type + "'");
            };
        }

        private static Text repr(Value value) {
            TextBuilder out = new TextBuilder();
            value.repr(out);
            return out.build();
        }

        private static Value whole(Value value) {
            return value instanceof FloatValue real ? real.truncate() : real(value);
        }

        private static Value real(Value value) {
            if (value instanceof NumberValue number) {
                return number instanceof BoolValue ? new IntValue(number.integer()) : number;
            }
            throw new TemplateFault("a number is required, not " + value.type());
        }
    }
}
