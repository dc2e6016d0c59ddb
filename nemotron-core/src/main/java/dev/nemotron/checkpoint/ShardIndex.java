package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The index of a checkpoint in several files, {@code model.safetensors.index.json}.
 *
 * @param file the index, for messages
 * @param shardOf the file name of each tensor, in the order of the index; every file name is a plain name in the folder
 */
record ShardIndex(Path file, Map<String, String> shardOf) {

    /** The name that the index has in every published folder. */
    static final String FILE_NAME = "model.safetensors.index.json";

    private static final long MAX_BYTES = 100_000_000;
    private static final int MAX_TENSORS = 1 << 20;

    /**
     * Reads an index.
     *
     * @param file the index
     * @return its content
     * @throws ModelFormatException if it cannot be read, is malformed, or names a file outside its folder
     */
    static ShardIndex read(Path file) {
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelFormatException(file + ": more than " + MAX_BYTES + " bytes");
            }
            try (Reader text = new InputStreamReader(Files.newInputStream(file), decoder);
                    JsonParser parser = StreamedJson.FACTORY.createParser(ObjectReadContext.empty(), text)) {
                return new ShardIndex(file, document(parser, file));
            }
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be read (" + e + ")", e);
        } catch (JacksonException e) {
            throw new ModelFormatException(file + ": not valid JSON in UTF-8: " + StreamedJson.reason(e), e);
        }
    }

    private static Map<String, String> document(JsonParser parser, Path file) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ModelFormatException(file + ": must be a JSON object");
        }
        Map<String, String> map = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean weightMap = parser.currentName().equals("weight_map");
            JsonToken token = parser.nextToken();
            if (!weightMap) {
                parser.skipChildren();
            } else if (map != null) {
                throw new ModelFormatException(file + ": has two keys \"weight_map\"");
            } else {
                map = weightMap(parser, token, file);
            }
        }
        if (parser.nextToken() != null) {
            throw new ModelFormatException(file + ": text after the JSON object");
        }
        if (map == null || map.isEmpty()) {
            throw new ModelFormatException(file + ": \"weight_map\" is missing or empty");
        }
        return map;
    }

    private static Map<String, String> weightMap(JsonParser parser, @Nullable JsonToken token, Path file) {
        if (token != JsonToken.START_OBJECT) {
            throw new ModelFormatException(file + ": \"weight_map\" must be an object");
        }
        Map<String, String> map = new LinkedHashMap<>();
        Map<String, String> shards = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String tensor = TensorName.check(parser.currentName(), file.toString());
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new ModelFormatException(file + ": \"weight_map\": the value of \"" + tensor
                        + "\" must be a file name, found " + StreamedJson.describe(parser.currentToken()));
            }
            String shard = shards.computeIfAbsent(parser.getString(), name -> plainName(name, tensor, file));
            if (map.put(tensor, shard) != null) {
                throw new ModelFormatException(file + ": \"weight_map\" has tensor \"" + tensor + "\" twice");
            }
            if (map.size() > MAX_TENSORS) {
                throw new ModelFormatException(file + ": more than " + MAX_TENSORS + " tensors");
            }
        }
        return map;
    }

    private static String plainName(String name, String tensor, Path file) {
        boolean plain = !name.isEmpty() && name.length() <= 255 && !name.equals(".") && !name.equals("..");
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c != '/' && c != '\\' && c != ':' && !Character.isISOControl(c);
        }
        if (!plain) {
            throw new ModelFormatException(file + ": \"weight_map\" sends tensor \"" + tensor + "\" to \""
                    + (name.length() > 80 ? name.substring(0, 80) + "..." : name).replaceAll("\\p{Cntrl}", "?")
                    + "\", expected the plain name of a file in the same folder");
        }
        return name;
    }
}
