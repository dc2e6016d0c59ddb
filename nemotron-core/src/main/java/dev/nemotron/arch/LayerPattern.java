package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of the blocks, as written in any of its published forms: a string of letters, perhaps with {@code |} between
 * pipeline stages and {@code /} before the blocks of the draft head; a list of such strings; a list of words.
 *
 * @param trunk the blocks of the model
 * @param draft the blocks of its draft head, empty where there is none
 */
record LayerPattern(List<BlockKind> trunk, List<BlockKind> draft) {

    private static final int MAX_BLOCKS = 1024;
    private static final List<BlockKind> USUAL_DRAFT = List.of(BlockKind.ATTENTION, BlockKind.MOE);

    static LayerPattern parse(ConfigKeys keys) {
        JsonObject json = keys.json();
        List<List<BlockKind>> segments = agreed(json, "hybrid_override_pattern", "layers_block_type", "layer_types");
        if (segments == null || segments.getFirst().isEmpty()) {
            throw new ModelFormatException(json.source()
                    + ": the order of the blocks is missing: expected \"hybrid_override_pattern\" or"
                    + " \"layers_block_type\"");
        }
        List<BlockKind> trunk = segments.getFirst();
        int layers = keys.integer(1, MAX_BLOCKS, trunk.size(), "num_hidden_layers");
        if (layers != trunk.size()) {
            throw new ModelFormatException(json.source() + ": \"num_hidden_layers\" is " + layers
                    + ", but the pattern of blocks has " + trunk.size());
        }
        return new LayerPattern(trunk, draft(json, segments.subList(1, segments.size())));
    }

    private static List<BlockKind> draft(JsonObject json, List<List<BlockKind>> inline) {
        List<List<BlockKind>> own = agreed(json, "mtp_hybrid_override_pattern", "mtp_layers_block_type");
        boolean named = own != null || !inline.isEmpty();
        int heads = json.integer("num_nextn_predict_layers", 0, MAX_BLOCKS, named ? 1 : 0);
        if (heads > 1) {
            throw new UnsupportedModelException(
                    json.source() + ": " + heads
                            + " draft heads (\"num_nextn_predict_layers\") are not supported, only one that is used repeatedly");
        }
        if (heads == 0) {
            return List.of();
        }
        if (own != null && !inline.isEmpty() && !own.getFirst().equals(inline.getFirst())) {
            throw new ModelFormatException(json.source() + ": the draft head's blocks are "
                    + letters(own.getFirst()) + " by their own key and " + letters(inline.getFirst())
                    + " after the '/' of \"hybrid_override_pattern\"");
        }
        List<BlockKind> blocks = own != null ? own.getFirst() : inline.isEmpty() ? USUAL_DRAFT : inline.getFirst();
        return blocks.isEmpty() ? USUAL_DRAFT : blocks;
    }

    private static @Nullable List<List<BlockKind>> agreed(JsonObject json, String... spellings) {
        String first = json.firstPresent(spellings);
        if (!json.has(first)) {
            return null;
        }
        List<List<BlockKind>> pattern = read(json, first);
        for (String other : spellings) {
            if (json.has(other) && !read(json, other).getFirst().equals(pattern.getFirst())) {
                throw new ModelFormatException(
                        json.source() + ": \"" + first + "\" is " + letters(pattern.getFirst()) + " and \"" + other
                                + "\" is " + letters(read(json, other).getFirst()));
            }
        }
        return pattern;
    }

    private static List<List<BlockKind>> read(JsonObject json, String key) {
        List<List<BlockKind>> segments = new ArrayList<>();
        segments.add(new ArrayList<>());
        Object value = json.values().get(key);
        List<?> items = value instanceof List<?> list ? list : Collections.singletonList(value);
        for (Object item : items) {
            if (!(item instanceof String text)) {
                throw json.wrong(key, "a string of the letters M * - E or a list of strings", item);
            }
            BlockKind word = BlockKind.ofWord(text);
            if (word != null) {
                segments.getLast().add(word);
            } else {
                letters(json, key, text, segments);
            }
            if (segments.getLast().size() > MAX_BLOCKS) {
                throw new ModelFormatException(
                        json.source() + ": \"" + key + "\" has more than " + MAX_BLOCKS + " blocks");
            }
        }
        return segments;
    }

    private static void letters(JsonObject json, String key, String text, List<List<BlockKind>> segments) {
        if (text.length() > 2 * MAX_BLOCKS) {
            throw new ModelFormatException(json.source() + ": \"" + key + "\" has more than " + MAX_BLOCKS + " blocks");
        }
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            BlockKind kind = BlockKind.ofLetter(letter);
            if (kind != null) {
                segments.getLast().add(kind);
            } else if (letter == '/') {
                segments.add(new ArrayList<>());
            } else if (letter != '|') {
                throw json.wrong(
                        key,
                        "made of the letters M * - E, or of the words mamba, attention, mlp, moe, linear_attention,"
                                + " full_attention",
                        text.length() > 20 ? "'" + letter + "' in " + Json.describe(text) : text);
            }
        }
    }

    /** Writes blocks as a pattern, for messages. */
    static String letters(List<BlockKind> blocks) {
        return blocks.stream().map(kind -> String.valueOf(kind.letter())).collect(Collectors.joining());
    }
}
