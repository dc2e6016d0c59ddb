package dev.nemotron.json;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads JSON into plain Java values: {@code Map<String, Object>} in document order, {@code List<Object>}, {@code String},
 * {@code Boolean}, {@code Long} or {@code BigInteger} for integers, {@code Double} for everything with a fraction or an
 * exponent, and null. The bare words {@code Infinity}, {@code -Infinity} and {@code NaN} are accepted, since published
 * configurations contain them. Duplicate keys, trailing text, invalid UTF-8 and nesting beyond 64 levels are refused.
 */
public final class Json {

    /** The largest JSON document that is read: the biggest published tokenizer is about 30 MB. */
    public static final long MAX_BYTES = 256L << 20;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 1000;

    private static final Pattern FOR_PROGRAMS = Pattern.compile(
            " \\((start marker|for \\w+ starting) at \\[Source: [^\\]]*\\]\\)|, from `[^`]*`|: enable `[^`]*` to allow");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength((int) MAX_BYTES)
                    .maxNameLength(64 << 10)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads a JSON file that must hold one object.
     *
     * @param file the file
     * @return its content
     * @throws ModelFormatException if the file is missing, unreadable, larger than {@link #MAX_BYTES}, not JSON, or not an
     *     object
     */
    public static JsonObject readObject(Path file) {
        byte[] bytes;
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new ModelFormatException(
                        file + ": " + size + " bytes, but a JSON file may have at most " + MAX_BYTES);
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be read (" + e + ")", e);
        }
        return parseObject(bytes, file.toString());
    }

    /**
     * Parses a document that must hold one object.
     *
     * @param utf8 the document
     * @param source where it comes from, for messages
     * @return its content
     * @throws ModelFormatException if it is not JSON or not an object
     */
    public static JsonObject parseObject(byte[] utf8, String source) {
        Object value = parse(utf8, source);
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
            return new JsonObject(object, source, "");
        }
        throw new ModelFormatException(source + ": expected a JSON object, found " + describe(value));
    }

    /**
     * Parses a document.
     *
     * @param utf8 the document
     * @param source where it comes from, for messages
     * @return the value, see the class comment for its types
     * @throws ModelFormatException if it is not exactly one JSON value in valid UTF-8
     */
    public static @Nullable Object parse(byte[] utf8, String source) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(source + ": not valid UTF-8", e);
        }
        return parse(text, source);
    }

    /**
     * Parses a document.
     *
     * @param text the document
     * @param source where it comes from, for messages
     * @return the value, see the class comment for its types
     * @throws ModelFormatException if it is not exactly one JSON value
     */
    public static @Nullable Object parse(String text, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new ModelFormatException(source + ": empty, expected a JSON value");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new ModelFormatException(
                        source + ": text after the JSON value at " + position(parser) + ", expected the end");
            }
            return value;
        } catch (JacksonException e) {
            throw new ModelFormatException(source + ": not valid JSON: " + sentence(e), e);
        }
    }

    /** What the parser says, without the words that only make sense to those who configure it. */
    private static String sentence(JacksonException fault) {
        TokenStreamLocation place = fault.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : ", at line " + place.getLineNr() + " column " + place.getColumnNr();
        return FOR_PROGRAMS.matcher(String.valueOf(fault.getOriginalMessage())).replaceAll("") + where;
    }

    private static String position(JsonParser parser) {
        return "line " + parser.currentTokenLocation().getLineNr() + " column "
                + parser.currentTokenLocation().getColumnNr();
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Object integer(JsonParser parser) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger big = parser.getBigIntegerValue();
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
        }
        return parser.getLongValue();
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /**
     * Names a value for a message, in at most 60 characters.
     *
     * @param value a JSON value
     * @return for example {@code "the string "abc""} or {@code "a list"}
     */
    public static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String s -> "the string \"" + (s.length() > 40 ? s.substring(0, 40) + "..." : s) + '"';
            case Map<?, ?> m -> "an object with " + m.size() + " keys";
            case List<?> l -> "a list of " + l.size();
            case BigInteger b -> "the number " + new BigDecimal(b).round(new java.math.MathContext(20));
            case Number n -> "the number " + n;
            default -> value.toString();
        };
    }
}
