package dev.nemotron.schema;

import dev.nemotron.json.JsonWriter;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes Java values as JSON in the form that {@link RecordReader} reads. */
public final class JsonText {

    private static final int MOST_DEPTH = 64;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /**
     * Writes a value.
     *
     * @param value records, maps, collections, arrays, enums, strings, numbers, truth values, dates and times, null
     * @return JSON on one line
     * @throws IllegalArgumentException if there is something in it that JSON has no form for, or it is nested more than 64
     *     levels deep, as something that contains itself is
     */
    public static String of(@Nullable Object value) {
        JsonText json = new JsonText();
        json.write(value, MOST_DEPTH);
        return json.text.toString();
    }

    private void write(@Nullable Object value, int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("values are nested more than " + MOST_DEPTH + " levels deep");
        }
        switch (value) {
            case null -> text.append("null");
            case Boolean truth -> text.append(truth);
            case Number number -> number(number);
            case Enum<?> constant -> string(constant.name());
            case CharSequence string -> string(string.toString());
            case Character character -> string(character.toString());
            case Temporal time -> string(time.toString());
            case Duration duration -> string(duration.toString());
            case UUID id -> string(id.toString());
            case URI address -> string(address.toString());
            case Optional<?> optional -> write(optional.orElse(null), depth);
            case Map<?, ?> map -> object(map, depth - 1);
            case Iterable<?> items -> list(items, depth - 1);
            case Record part -> record(part, depth - 1);
            default -> other(value, depth - 1);
        }
    }

    private void string(String string) {
        text.append(JsonWriter.write(string));
    }

    private void number(Number number) {
        boolean finite =
                Double.isFinite(number.doubleValue()) || number instanceof BigInteger || number instanceof BigDecimal;
        if (finite) {
            text.append(number);
        } else {
            string(number.toString());
        }
    }

    private void object(Map<?, ?> map, int depth) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string(entry.getKey() instanceof Enum<?> constant ? constant.name() : String.valueOf(entry.getKey()));
            text.append(':');
            write(entry.getValue(), depth);
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void list(Iterable<?> items, int depth) {
        text.append('[');
        for (Iterator<?> iterator = items.iterator(); iterator.hasNext(); ) {
            write(iterator.next(), depth);
            text.append(iterator.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private void record(Record value, int depth) {
        List<RecordComponent> components = Arrays.asList(value.getClass().getRecordComponents());
        boolean tagged = UnionShape.isVariant(value.getClass())
                && components.stream()
                        .noneMatch(component -> component.getName().equals(UnionShape.TAG));
        String separator = "{";
        if (tagged) {
            text.append(separator);
            string(UnionShape.TAG);
            text.append(':');
            string(UnionShape.tag(value.getClass()));
            separator = ",";
        }
        for (RecordComponent component : components) {
            text.append(separator);
            string(component.getName());
            text.append(':');
            write(component(value, component.getAccessor()), depth);
            separator = ",";
        }
        text.append(separator.equals("{") ? "{}" : "}");
    }

    private static @Nullable Object component(Record value, Method accessor) {
        Access.require(accessor, value, value.getClass());
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalArgumentException(
                    value.getClass().getTypeName() + "." + accessor.getName() + " cannot be read: " + e, e);
        }
    }

    private void other(Object value, int depth) {
        if (!value.getClass().isArray()) {
            throw new IllegalArgumentException("the type " + value.getClass().getTypeName()
                    + " has no form in JSON; use a record, a map, a list, a string or a number");
        }
        text.append('[');
        for (int i = 0; i < Array.getLength(value); i++) {
            text.append(i == 0 ? "" : ",");
            write(Array.get(value, i), depth);
        }
        text.append(']');
    }
}
