package dev.nemotron.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of strings, numbers, truth values, dates and times. */
final class Scalars {

    private static final int UUID_LENGTH = 36;

    private static final Map<Class<?>, Shape> SHAPES = shapes();

    private Scalars() {}

    /** The shape of a class, or null if it is no scalar. */
    static @Nullable Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Map<Class<?>, Shape> shapes() {
        Map<Class<?>, Shape> shapes = new HashMap<>();
        Shape truth = new ScalarShape(
                "boolean", null, null, null, "true or false", json -> json instanceof Boolean ? json : null);
        shapes.put(boolean.class, truth);
        shapes.put(Boolean.class, truth);
        numbers(shapes);
        shapes.put(String.class, text(null, "a string", text -> text));
        shapes.put(LocalDate.class, text("date", "a date like 2026-03-31", LocalDate::parse));
        shapes.put(LocalTime.class, text("time", "a time like 14:30:00", Scalars::time));
        shapes.put(OffsetDateTime.class, text("date-time", "a time like 2026-03-31T14:30:00Z", OffsetDateTime::parse));
        shapes.put(
                Instant.class,
                text(
                        "date-time",
                        "a time like 2026-03-31T14:30:00Z",
                        text -> OffsetDateTime.parse(text).toInstant()));
        shapes.put(Duration.class, text("duration", "a duration in days or less, like PT1H30M", Scalars::duration));
        shapes.put(
                UUID.class,
                text("uuid", "a UUID", text -> text.length() == UUID_LENGTH ? UUID.fromString(text) : null));
        shapes.put(URI.class, text("uri", "a URI", URI::create));
        return Map.copyOf(shapes);
    }

    private static void numbers(Map<Class<?>, Shape> shapes) {
        Shape bytes = integer(Byte.MIN_VALUE, Byte.MAX_VALUE, BigInteger::byteValueExact);
        Shape shorts = integer(Short.MIN_VALUE, Short.MAX_VALUE, BigInteger::shortValueExact);
        Shape ints = integer(Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact);
        Shape longs = integer(Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact);
        Shape floats = number(value -> Float.isFinite(value.floatValue()) ? (Object) value.floatValue() : null);
        Shape doubles = number(value -> Double.isFinite(value.doubleValue()) ? (Object) value.doubleValue() : null);
        shapes.put(byte.class, bytes);
        shapes.put(Byte.class, bytes);
        shapes.put(short.class, shorts);
        shapes.put(Short.class, shorts);
        shapes.put(int.class, ints);
        shapes.put(Integer.class, ints);
        shapes.put(long.class, longs);
        shapes.put(Long.class, longs);
        shapes.put(float.class, floats);
        shapes.put(Float.class, floats);
        shapes.put(double.class, doubles);
        shapes.put(Double.class, doubles);
        shapes.put(BigInteger.class, new ScalarShape("integer", null, null, null, "an integer", Scalars::exact));
        shapes.put(BigDecimal.class, number(Scalars::decimal));
    }

    private static Shape integer(long least, long greatest, Function<BigInteger, Object> narrow) {
        String expected = "an integer from " + least + " to " + greatest;
        return new ScalarShape("integer", null, least, greatest, expected, json -> {
            BigInteger value = exact(json);
            return value == null ? null : narrow.apply(value);
        });
    }

    private static Shape number(Function<Number, @Nullable Object> convert) {
        return new ScalarShape(
                "number",
                null,
                null,
                null,
                "a number",
                json -> json instanceof Number number ? convert.apply(number) : null);
    }

    private static Shape text(@Nullable String format, String expected, Function<String, @Nullable Object> parse) {
        return new ScalarShape(
                "string", format, null, null, expected, json -> json instanceof String text ? parse.apply(text) : null);
    }

    private static @Nullable BigInteger exact(Object json) {
        return switch (json) {
            case BigInteger value -> value;
            case Long value -> BigInteger.valueOf(value);
            case Integer value -> BigInteger.valueOf(value);
            case Double value -> BigDecimal.valueOf(value).toBigIntegerExact();
            default -> null;
        };
    }

    private static BigDecimal decimal(Number json) {
        return json instanceof BigInteger value
                ? new BigDecimal(value)
                : json instanceof Double value ? BigDecimal.valueOf(value) : BigDecimal.valueOf(json.longValue());
    }

    /** A time of day; JSON Schema's format wants an offset behind it, which a local time does not have. */
    private static LocalTime time(String text) {
        boolean offset = text.endsWith("Z") || text.endsWith("z") || text.indexOf('+') > 0 || text.indexOf('-') > 0;
        return offset ? OffsetTime.parse(text).toLocalTime() : LocalTime.parse(text);
    }

    /** A duration; weeks are JSON Schema's, and Java's own reading has none. */
    private static Duration duration(String text) {
        if (text.matches("P[0-9]{1,9}W")) {
            return Duration.ofDays(7 * Long.parseLong(text.substring(1, text.length() - 1)));
        }
        return Duration.parse(text);
    }
}
