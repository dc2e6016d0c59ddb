package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads the JSON part of a safetensors header as a stream, so that no document of nested or repeated values can take more
 * memory than a few times its own size. Checks everything that concerns one entry alone.
 */
final class HeaderJson {

    private static final int MAX_TENSORS = 1 << 20;
    private static final int MAX_METADATA = 1 << 16;
    private static final int MAX_RANK = 8;
    private static final int MAX_KEYS = 16;

    private final String file;
    private final JsonParser parser;
    private final Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();

    private HeaderJson(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a header.
     *
     * @param utf8 the JSON with its padding
     * @param file the file, for messages
     * @return the entries in the order of the header
     * @throws ModelFormatException if it is not JSON of the form that safetensors prescribes
     */
    static List<SafetensorsHeader.Entry> parse(byte[] utf8, String file) {
        InputStreamReader text = new InputStreamReader(
                new ByteArrayInputStream(utf8),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = StreamedJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            HeaderJson header = new HeaderJson(file, parser);
            header.document();
            return List.copyOf(header.entries.values());
        } catch (JacksonException e) {
            throw new ModelFormatException(
                    file + ": the header is not valid JSON in UTF-8: " + StreamedJson.reason(e), e);
        }
    }

    private void document() {
        expect(JsonToken.START_OBJECT, parser.nextToken(), "the header");
        boolean metadata = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("__metadata__")) {
                if (metadata) {
                    throw new ModelFormatException(file + ": the header has two keys \"__metadata__\"");
                }
                metadata = true;
                metadata(value);
            } else {
                tensor(TensorName.check(name, file), value);
            }
        }
        if (parser.nextToken() != null) {
            throw new ModelFormatException(file + ": text after the JSON object of the header, expected only spaces");
        }
    }

    private void metadata(@Nullable JsonToken token) {
        expect(JsonToken.START_OBJECT, token, "\"__metadata__\"");
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (!keys.add(parser.currentName()) || keys.size() > MAX_METADATA) {
                throw new ModelFormatException(
                        file + ": \"__metadata__\" repeats a key or has more than " + MAX_METADATA + " of them");
            }
            expect(JsonToken.VALUE_STRING, parser.nextToken(), "a value of \"__metadata__\"");
        }
    }

    private void tensor(String name, @Nullable JsonToken token) {
        String what = "tensor \"" + name + "\"";
        expect(JsonToken.START_OBJECT, token, what);
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (!keys.add(key) || keys.size() > MAX_KEYS) {
                throw new ModelFormatException(
                        file + ": " + what + " repeats the key \"" + shorten(key) + "\" or has more than " + MAX_KEYS);
            }
            JsonToken value = parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = dtype(what, value);
                case "shape" -> shape = numbers(what + ": \"shape\"", value, MAX_RANK);
                case "data_offsets" -> offsets = numbers(what + ": \"data_offsets\"", value, 2);
                default -> parser.skipChildren();
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new ModelFormatException(
                    file + ": " + what + " needs \"dtype\", \"shape\" and \"data_offsets\": [begin, end]");
        }
        SafetensorsHeader.Entry entry = new SafetensorsHeader.Entry(name, dtype, shape, offsets.get(0), offsets.get(1));
        if (entries.put(name, entry) != null) {
            throw new ModelFormatException(file + ": " + what + " is there twice");
        }
        if (entries.size() > MAX_TENSORS) {
            throw new ModelFormatException(file + ": more than " + MAX_TENSORS + " tensors in one file");
        }
    }

    private DType dtype(String what, @Nullable JsonToken token) {
        expect(JsonToken.VALUE_STRING, token, what + ": \"dtype\"");
        String name = parser.getString();
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        throw new ModelFormatException(file + ": " + what + " has the unknown dtype \"" + shorten(name)
                + "\", expected one of " + Arrays.toString(DType.values()));
    }

    private List<Long> numbers(String what, @Nullable JsonToken token, int most) {
        expect(JsonToken.START_ARRAY, token, what);
        List<Long> numbers = new ArrayList<>(most);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_NUMBER_INT, parser.currentToken(), what + ": an item");
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
                throw new ModelFormatException(file + ": " + what + " has an item outside 0 to 2^63 - 1");
            }
            if (numbers.size() == most) {
                throw new ModelFormatException(file + ": " + what + " has more than " + most + " items");
            }
            numbers.add(parser.getLongValue());
        }
        return List.copyOf(numbers);
    }

    private void expect(JsonToken expected, @Nullable JsonToken found, String what) {
        if (found != expected) {
            throw new ModelFormatException(file + ": " + what + " must be " + StreamedJson.describe(expected)
                    + ", found " + StreamedJson.describe(found));
        }
    }

    private static String shorten(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
