package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the recurring shapes of a {@code tokenizer.json}, with messages that name the place. */
final class TokenizerFile {

    /**
     * What a split or a replacement looks for: exactly one of the two is there.
     *
     * @param regex a regular expression, or null
     * @param literal a text, empty where there is an expression
     * @param place file and key, for messages
     */
    record Pattern(@Nullable String regex, String literal, String place) {}

    /** How many steps a sequence may have; published ones have up to five. */
    private static final int MAX_STEPS = 64;

    private TokenizerFile() {}

    /** Returns the kind of a component. */
    static String type(JsonObject spec) {
        return string(spec, "type");
    }

    /** Returns a string that must be there. */
    static String string(JsonObject spec, String key) {
        String value = spec.string(key);
        if (value == null) {
            throw spec.wrong(key, "a string", null);
        }
        return value;
    }

    /** Views an element of a list as the object that it must be. */
    static JsonObject object(JsonObject parent, String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            throw parent.wrong(key, "an object", value);
        }
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) value;
        return new JsonObject(values, parent.source(), parent.path().isEmpty() ? key : parent.path() + "." + key);
    }

    /** Returns a list of at most {@link #MAX_STEPS} objects that must be there. */
    static List<JsonObject> objects(JsonObject spec, String key) {
        List<@Nullable Object> list = spec.list(key);
        if (list == null || list.size() > MAX_STEPS) {
            throw spec.wrong(key, "a list of at most " + MAX_STEPS + " objects", list);
        }
        List<JsonObject> objects = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            objects.add(object(spec, key + "[" + i + "]", list.get(i)));
        }
        return objects;
    }

    /** Returns the pattern of a component: {@code {"Regex": ...}}, {@code {"String": ...}}, or a bare string. */
    static Pattern pattern(JsonObject spec) {
        Object value = spec.values().get("pattern");
        String place = spec.source() + ": \"" + spec.path() + ".pattern\"";
        if (value instanceof String bare) {
            return new Pattern(null, bare, place);
        }
        JsonObject pattern = object(spec, "pattern", value);
        String regex = pattern.string("Regex");
        if (regex != null) {
            return new Pattern(regex, "", place);
        }
        String literal = pattern.string("String");
        if (literal != null) {
            return new Pattern(null, literal, place);
        }
        throw spec.wrong("pattern", "an object with Regex or String", value);
    }

    /**
     * Returns the model, if it is one that is supported.
     *
     * @throws ModelFormatException if there is none
     * @throws UnsupportedModelException if it is no byte-pair encoding
     */
    static JsonObject model(JsonObject file) {
        JsonObject model = file.object("model");
        if (model == null) {
            throw file.wrong("model", "an object", null);
        }
        String type = Objects.requireNonNullElse(model.string("type"), model.has("merges") ? "BPE" : "unnamed");
        if (!type.equals("BPE")) {
            throw new UnsupportedModelException(
                    file.source() + ": the tokenizer model \"" + type + "\" is not supported; BPE is");
        }
        return model;
    }
}
