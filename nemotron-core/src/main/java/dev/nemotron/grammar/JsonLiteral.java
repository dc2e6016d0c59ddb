package dev.nemotron.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Single values of JSON: how they are written, and whether they are equal. */
final class JsonLiteral {

    /** Beyond this many digits a number is not written out. */
    private static final int MAX_DIGITS = 400;

    private JsonLiteral() {}

    /** Writes a string. */
    static String write(String text) {
        StringBuilder written = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point < 0x20 || point == '"' || point == '\\') {
                written.append(JsonText.escape(point));
            } else {
                written.appendCodePoint(point);
            }
        });
        return written.append('"').toString();
    }

    /** Returns how a string, number, truth value or null can be written. */
    static List<String> spellings(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(write(text));
        }
        if (!(value instanceof Number)) {
            return List.of(String.valueOf(value));
        }
        BigDecimal number = decimal(value);
        String own = value.toString();
        if (number == null || (long) number.precision() + Math.abs((long) number.scale()) > MAX_DIGITS) {
            return number == null ? List.of() : List.of(own);
        }
        String plain = number.stripTrailingZeros().toPlainString();
        return plain.equals(own) ? List.of(own) : List.of(plain, own);
    }

    /** Returns a number exactly, or null for everything else. */
    static @Nullable BigDecimal decimal(@Nullable Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double number when !Double.isFinite(number) -> null;
            case Float number when !Float.isFinite(number) -> null;
            case Number number -> new BigDecimal(number.toString());
            case null, default -> null;
        };
    }

    /** Whether two values are equal as the specification of JSON Schema says, section 4.2.2. */
    static boolean equal(@Nullable Object left, @Nullable Object right) {
        BigDecimal number = decimal(left);
        BigDecimal other = decimal(right);
        if (number != null && other != null) {
            return number.compareTo(other) == 0;
        }
        if (left instanceof List<?> list && right instanceof List<?> others && list.size() == others.size()) {
            for (int i = 0; i < list.size(); i++) {
                if (!equal(list.get(i), others.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> others) {
            return map.keySet().equals(others.keySet())
                    && map.entrySet().stream().allMatch(entry -> equal(entry.getValue(), others.get(entry.getKey())));
        }
        return Objects.equals(left, right);
    }
}
