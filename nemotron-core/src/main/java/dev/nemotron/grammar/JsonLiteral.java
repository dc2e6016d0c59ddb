package dev.nemotron.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
            if (point < 0x20 || point == '"' || point == '\\' || isSurrogate(point)) {
                written.append(JsonText.escape(point));
            } else {
                written.appendCodePoint(point);
            }
        });
        return written.append('"').toString();
    }

    /** A surrogate without its other half has no UTF-8, but JSON can spell it. */
    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
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
        return Objects.equals(identity(left), identity(right));
    }

    /** Returns what tells values apart: {@link #equal} ones have equal identities, other ones do not. */
    static Set<@Nullable Object> identities(Collection<?> values) {
        Set<@Nullable Object> identities = new HashSet<>();
        values.forEach(value -> identities.add(identity(value)));
        return identities;
    }

    static @Nullable Object identity(@Nullable Object value) {
        BigDecimal number = decimal(value);
        if (number != null) {
            return number.stripTrailingZeros();
        }
        return switch (value) {
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(identity(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> members = new HashMap<>();
                map.forEach((key, member) -> members.put(key, identity(member)));
                yield members;
            }
            case null, default -> value;
        };
    }
}
