package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens and their ids: those of the model and the added ones. */
final class Vocabulary {

    /** The largest id that is accepted; published vocabularies end near 260,000. */
    static final int MAX_ID = (1 << 22) - 1;

    private final Map<String, Integer> ids;
    private final List<@Nullable String> tokens = new ArrayList<>();

    private Vocabulary(int expected) {
        ids = HashMap.newHashMap(expected);
    }

    /**
     * Reads the vocabulary of a model.
     *
     * @param model the object that holds the key {@code vocab}
     * @return the vocabulary
     * @throws ModelFormatException if an id is no integer, out of range, or used twice
     */
    static Vocabulary read(JsonObject model) {
        JsonObject vocab = model.object("vocab");
        if (vocab == null || vocab.values().isEmpty()) {
            throw model.wrong(
                    "vocab", "an object with at least one token", model.values().get("vocab"));
        }
        Vocabulary vocabulary = new Vocabulary(vocab.values().size());
        for (Map.Entry<String, @Nullable Object> entry : vocab.values().entrySet()) {
            if (!(entry.getValue() instanceof Long id) || id < 0 || id > MAX_ID) {
                throw vocab.wrong(shortened(entry.getKey()), "an id from 0 to " + MAX_ID, entry.getValue());
            }
            vocabulary.add(entry.getKey(), id.intValue(), vocab.source() + ": \"" + vocab.path() + '"');
        }
        return vocabulary;
    }

    /**
     * Adds a token.
     *
     * @param token the token, which is not there yet
     * @param id its id
     * @param place file and key, for messages
     * @throws ModelFormatException if the id belongs to another token
     */
    void add(String token, int id, String place) {
        while (tokens.size() <= id) {
            tokens.add(null);
        }
        String other = tokens.set(id, token);
        if (other != null) {
            throw new ModelFormatException(place + ": the id " + id + " is given to " + Json.describe(other)
                    + " and to " + Json.describe(token));
        }
        ids.put(token, id);
    }

    /** Returns the id of a token, or -1. */
    int id(String token) {
        return ids.getOrDefault(token, -1);
    }

    /** Returns the token of an id, or null where there is none. */
    @Nullable
    String token(int id) {
        return id >= 0 && id < tokens.size() ? tokens.get(id) : null;
    }

    /** Returns the largest id plus one. */
    int size() {
        return tokens.size();
    }

    private static String shortened(String key) {
        return key.length() > 40 ? key.substring(0, 40) + "..." : key;
    }
}
