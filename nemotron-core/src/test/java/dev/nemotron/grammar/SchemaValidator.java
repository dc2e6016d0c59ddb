package dev.nemotron.grammar;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks values against schemas in the plain way, value by value, and shares nothing with the compiler. */
final class SchemaValidator {

    /** White space as ECMA-262 has it. */
    private static final String SPACE = "[\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

    private final Map<?, ?> root;

    SchemaValidator(Map<?, ?> root) {
        this.root = root;
    }

    boolean valid(@Nullable Object value) {
        return valid(root, value);
    }

    private boolean valid(@Nullable Object schema, @Nullable Object value) {
        if (schema instanceof Boolean truth) {
            return truth;
        }
        Map<?, ?> s = (Map<?, ?>) Objects.requireNonNull(schema);
        return combined(s, value)
                && general(s, value)
                && (!(value instanceof Number) || number(s, decimal(value)))
                && (!(value instanceof String text) || string(s, text))
                && (!(value instanceof List<?> list) || array(s, list))
                && (!(value instanceof Map<?, ?> map) || object(s, map));
    }

    private boolean combined(Map<?, ?> s, @Nullable Object value) {
        if (s.get("$ref") instanceof String reference && !valid(resolve(reference), value)) {
            return false;
        }
        if (s.get("allOf") instanceof List<?> all && !all.stream().allMatch(one -> valid(one, value))) {
            return false;
        }
        if (s.get("anyOf") instanceof List<?> any && any.stream().noneMatch(one -> valid(one, value))) {
            return false;
        }
        return !(s.get("oneOf") instanceof List<?> some)
                || some.stream().filter(one -> valid(one, value)).count() == 1;
    }

    private @Nullable Object resolve(String reference) {
        @Nullable Object at = root;
        for (String part : reference.substring(1).split("/", -1)) {
            if (!part.isEmpty()) {
                String name = part.replace("%25", "%").replace("~1", "/").replace("~0", "~");
                at = at instanceof List<?> list
                        ? list.get(Integer.parseInt(name))
                        : ((Map<?, ?>) Objects.requireNonNull(at)).get(name);
            }
        }
        return at;
    }

    private boolean general(Map<?, ?> s, @Nullable Object value) {
        if (s.containsKey("const") && !equal(s.get("const"), value)) {
            return false;
        }
        if (s.get("enum") instanceof List<?> values && values.stream().noneMatch(one -> equal(one, value))) {
            return false;
        }
        Object type = s.get("type");
        List<?> types = type instanceof List<?> list ? list : type == null ? List.of() : List.of(type);
        return types.isEmpty() || types.stream().anyMatch(name -> isOf((String) name, value));
    }

    private static boolean isOf(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "number" -> value instanceof Number;
            default ->
                value instanceof Number
                        && decimal(value).remainder(BigDecimal.ONE).signum() == 0;
        };
    }

    private static BigDecimal decimal(@Nullable Object value) {
        return new BigDecimal(String.valueOf(value));
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number && right instanceof Number) {
            return decimal(left).compareTo(decimal(right)) == 0;
        }
        if (left instanceof List<?> some && right instanceof List<?> others) {
            boolean same = some.size() == others.size();
            for (int i = 0; same && i < some.size(); i++) {
                same = equal(some.get(i), others.get(i));
            }
            return same;
        }
        if (left instanceof Map<?, ?> some && right instanceof Map<?, ?> others) {
            return some.keySet().equals(others.keySet())
                    && some.keySet().stream().allMatch(key -> equal(some.get(key), others.get(key)));
        }
        return Objects.equals(left, right);
    }

    private static boolean number(Map<?, ?> s, BigDecimal value) {
        return (!s.containsKey("minimum") || value.compareTo(decimal(s.get("minimum"))) >= 0)
                && (!s.containsKey("maximum") || value.compareTo(decimal(s.get("maximum"))) <= 0)
                && (!s.containsKey("exclusiveMinimum") || value.compareTo(decimal(s.get("exclusiveMinimum"))) > 0)
                && (!s.containsKey("exclusiveMaximum") || value.compareTo(decimal(s.get("exclusiveMaximum"))) < 0)
                && (!"int32".equals(s.get("format"))
                        || value.abs().compareTo(new BigDecimal("2147483647.5")) < 0
                        || (value.intValue() == Integer.MIN_VALUE && value.longValue() == Integer.MIN_VALUE))
                && (!s.containsKey("multipleOf")
                        || value.remainder(decimal(s.get("multipleOf"))).signum() == 0);
    }

    private static int count(Map<?, ?> s, String keyword, int absent) {
        return s.containsKey(keyword) ? decimal(s.get(keyword)).intValueExact() : absent;
    }

    private static boolean within(Map<?, ?> s, String of, int count) {
        return count >= count(s, "min" + of, 0) && count <= count(s, "max" + of, Integer.MAX_VALUE);
    }

    private static boolean string(Map<?, ?> s, String text) {
        return within(s, "Length", text.codePointCount(0, text.length()))
                && (!(s.get("pattern") instanceof String pattern)
                        || Pattern.compile(pattern.replace("\\s", SPACE))
                                .matcher(text)
                                .find())
                && (!(s.get("format") instanceof String format) || isFormat(format, text));
    }

    private boolean array(Map<?, ?> s, List<?> list) {
        if (!within(s, "Items", list.size())) {
            return false;
        }
        Object items = s.get("items");
        List<?> prefix =
                s.get("prefixItems") instanceof List<?> some ? some : items instanceof List<?> old ? old : List.of();
        Object others = items instanceof List<?> ? s.get("additionalItems") : items;
        for (int i = 0; i < list.size(); i++) {
            Object schema = i < prefix.size() ? prefix.get(i) : others;
            if (schema != null && !valid(schema, list.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean object(Map<?, ?> s, Map<?, ?> map) {
        Map<?, ?> properties = s.get("properties") instanceof Map<?, ?> named ? named : Map.of();
        Map<?, ?> patterns = s.get("patternProperties") instanceof Map<?, ?> byPattern ? byPattern : Map.of();
        if (!within(s, "Properties", map.size())
                || (s.get("required") instanceof List<?> required
                        && !map.keySet().containsAll(required))) {
            return false;
        }
        for (Map.Entry<?, ?> member : map.entrySet()) {
            String name = (String) member.getKey();
            Set<Object> schemas = new HashSet<>();
            if (properties.containsKey(name)) {
                schemas.add(properties.get(name));
            }
            patterns.forEach((pattern, schema) -> {
                if (Pattern.compile((String) pattern).matcher(name).find()) {
                    schemas.add(schema);
                }
            });
            if (schemas.isEmpty() && s.containsKey("additionalProperties")) {
                schemas.add(s.get("additionalProperties"));
            }
            if (!schemas.stream().allMatch(schema -> valid(schema, member.getValue()))) {
                return false;
            }
        }
        return true;
    }

    static boolean isFormat(String format, String text) {
        try {
            return switch (format) {
                case "date" -> LocalDate.parse(text).toString().equals(text);
                case "time" -> isTime(text);
                case "date-time" ->
                    text.length() > 11
                            && isFormat("date", text.substring(0, 10))
                            && "Tt".indexOf(text.charAt(10)) >= 0
                            && isTime(text.substring(11));
                case "uuid" -> text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
                case "ipv4" -> isIpv4(text);
                case "ipv6" -> isIpv6(text);
                case "hostname" -> isHostname(text);
                case "email" -> {
                    int at = text.lastIndexOf('@');
                    yield at > 0
                            && at <= 64
                            && isHostname(text.substring(at + 1))
                            && text.substring(0, at).matches("[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*");
                }
                case "duration" ->
                    text.matches("P(?!$)(\\d+W|(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?)")
                            && !text.matches(".*(Y\\d+D|H\\d+S).*");
                case "uri" -> new URI(text).isAbsolute() || text.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
                default -> true;
            };
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        } catch (URISyntaxException e) {
            // java.net knows RFC 2396, which wants something after the colon.
            return text.matches("[A-Za-z][A-Za-z0-9+.-]*:([?#].*)?")
                    || e.getReason().startsWith("Expected authority");
        }
    }

    private static boolean isTime(String text) {
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        if (upper.matches("23:59:60(\\.\\d+)?Z")) {
            return true;
        }
        if (!upper.matches("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)")) {
            return false;
        }
        // java.time bounds offsets by 18 hours.
        return OffsetTime.parse(upper.replaceAll("[+-].*", "Z")).getHour() < 24
                && (upper.endsWith("Z")
                        || OffsetTime.parse(upper.substring(upper.length() - 5) + ":00Z")
                                        .getHour()
                                < 24);
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        boolean good = parts.length == 4;
        for (String part : parts) {
            good &= part.matches("0|[1-9]\\d{0,2}") && Integer.parseInt(part) < 256;
        }
        return good;
    }

    private static boolean isIpv6(String text) {
        int doubled = text.indexOf("::");
        if (doubled >= 0 && text.indexOf("::", doubled + 1) >= 0) {
            return false;
        }
        String left = doubled < 0 ? text : text.substring(0, doubled);
        String right = doubled < 0 ? "" : text.substring(doubled + 2);
        int groups = 0;
        for (String side : List.of(left, right)) {
            String[] parts = side.isEmpty() ? new String[0] : side.split(":", -1);
            for (int i = 0; i < parts.length; i++) {
                boolean last = i == parts.length - 1 && (side.equals(right) || doubled < 0);
                if (last && parts[i].contains(".")) {
                    if (!isIpv4(parts[i])) {
                        return false;
                    }
                    groups += 2;
                } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                    groups++;
                } else {
                    return false;
                }
            }
        }
        return doubled < 0 ? groups == 8 : groups < 8;
    }

    private static boolean isHostname(String text) {
        if (text.isEmpty() || text.length() > 253) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!label.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?") || label.length() > 63) {
                return false;
            }
        }
        return true;
    }
}
