package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens that a single text gets around it.
 *
 * @param before the ids in front
 * @param after the ids behind
 */
record PostProcessor(List<Integer> before, List<Integer> after) {

    private static final PostProcessor NONE = new PostProcessor(List.of(), List.of());
    private static final int MAX_TOKENS = 64;

    /**
     * Reads a post-processor.
     *
     * @param spec its object, or null where the file has none
     * @return the post-processor
     * @throws ModelFormatException if it is malformed
     * @throws UnsupportedModelException if it is of an unknown kind
     */
    static PostProcessor read(@Nullable JsonObject spec) {
        if (spec == null) {
            return NONE;
        }
        String type = TokenizerFile.type(spec);
        return switch (type) {
            case "TemplateProcessing" -> template(spec);
            case "ByteLevel" -> NONE;
            case "Sequence" -> {
                PostProcessor all = NONE;
                for (JsonObject step : TokenizerFile.objects(spec, "processors")) {
                    PostProcessor outer = read(step);
                    all = new PostProcessor(concat(outer.before, all.before), concat(all.after, outer.after));
                }
                yield all;
            }
            default ->
                throw new UnsupportedModelException(spec.source() + ": the post-processor \"" + type
                        + "\" is not supported; TemplateProcessing, ByteLevel and Sequence are");
        };
    }

    private static PostProcessor template(JsonObject spec) {
        List<Integer> before = new java.util.ArrayList<>();
        List<Integer> after = new java.util.ArrayList<>();
        int texts = 0;
        for (JsonObject part : TokenizerFile.objects(spec, "single")) {
            JsonObject special = part.object("SpecialToken");
            if (special != null) {
                (texts == 0 ? before : after).addAll(ids(spec, TokenizerFile.string(special, "id")));
            } else if (part.object("Sequence") != null) {
                texts++;
            } else {
                throw part.wrong("SpecialToken", "an object, or \"Sequence\" one", null);
            }
        }
        if (texts != 1 || before.size() + after.size() > MAX_TOKENS) {
            throw spec.wrong(
                    "single",
                    "one Sequence and at most " + MAX_TOKENS + " tokens",
                    spec.values().get("single"));
        }
        return new PostProcessor(List.copyOf(before), List.copyOf(after));
    }

    private static List<Integer> ids(JsonObject spec, String name) {
        JsonObject tokens = spec.object("special_tokens");
        JsonObject token = tokens == null ? null : tokens.object(name);
        List<@Nullable Object> ids = token == null ? null : token.list("ids");
        if (ids == null) {
            throw spec.wrong(
                    "special_tokens",
                    "an object that defines \"" + name + "\"",
                    spec.values().get("special_tokens"));
        }
        return IntStream.range(0, ids.size())
                .mapToObj(i -> {
                    if (ids.get(i) instanceof Long id && id >= 0 && id <= Vocabulary.MAX_ID) {
                        return id.intValue();
                    }
                    throw spec.wrong(
                            "special_tokens." + name + ".ids[" + i + "]",
                            "an id from 0 to " + Vocabulary.MAX_ID,
                            ids.get(i));
                })
                .toList();
    }

    private static List<Integer> concat(List<Integer> a, List<Integer> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }
}
