package dev.nemotron.engine;

import dev.nemotron.json.JsonObject;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that end an answer: all that any file of the folder names, since the published files disagree and an engine that
 * believes one of them talks on past the end of its turn.
 */
public final class EndTokens {

    private static final List<String> CUSTOMARY =
            List.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>");

    /** The end of a turn in Nano 2 and Nemotron-H, whose vocabularies have no names for it. */
    private static final List<String> NUMBERED = List.of("<SPECIAL_12>", "<SPECIAL_11>");

    private EndTokens() {}

    /**
     * Collects the tokens.
     *
     * @param config the content of {@code config.json}
     * @param generationConfig the content of {@code generation_config.json}, or null
     * @param tokenizerConfig the content of {@code tokenizer_config.json}, or null
     * @param tokenizer the tokenizer, or null
     * @param template the source of the chat template, or null
     * @return the ids, ascending
     */
    public static Set<Integer> of(
            JsonObject config,
            @Nullable JsonObject generationConfig,
            @Nullable JsonObject tokenizerConfig,
            @Nullable Tokenizer tokenizer,
            @Nullable String template) {
        Set<Integer> ids = new TreeSet<>();
        addIds(config, ids);
        if (generationConfig != null) {
            addIds(generationConfig, ids);
        }
        if (tokenizer != null) {
            if (tokenizerConfig != null) {
                addToken(tokenizer, content(tokenizerConfig.values().get("eos_token")), ids);
            }
            CUSTOMARY.forEach(token -> addToken(tokenizer, token, ids));
            if (template != null) {
                // The header of the next speaker is a number too; only the first that the template ends a turn with
                // counts.
                NUMBERED.stream().filter(template::contains).findFirst().ifPresent(t -> addToken(tokenizer, t, ids));
            }
        }
        return ids;
    }

    private static void addIds(JsonObject file, Set<Integer> ids) {
        Object value = file.values().get("eos_token_id");
        List<?> listed = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        for (Object id : listed) {
            if (!(id instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
                throw file.wrong("eos_token_id", "a token id or a list of token ids", value);
            }
            ids.add(number.intValue());
        }
    }

    private static @Nullable String content(@Nullable Object token) {
        if (token instanceof java.util.Map<?, ?> map) {
            return map.get("content") instanceof String s ? s : null;
        }
        return token instanceof String s ? s : null;
    }

    private static void addToken(Tokenizer tokenizer, @Nullable String token, Set<Integer> ids) {
        if (token != null) {
            tokenizer.id(token).ifPresent(ids::add);
        }
    }
}
