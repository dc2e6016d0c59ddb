package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The added tokens of a tokenizer: those that are looked for in the raw text, and those that are looked for in what the
 * normaliser makes of the stretches between them.
 *
 * @param all every added token, in the order of the file
 * @param raw finds the first kind
 * @param normalized finds the second kind
 * @param rewritten what the normaliser makes of tokens of the second kind, by id, where it changes them
 */
record AddedTokens(
        List<AddedToken> all, AddedTokenMatcher raw, AddedTokenMatcher normalized, Map<Integer, String> rewritten) {

    private static final int MAX_LENGTH = 4096;

    /**
     * Reads the added tokens and adds them to the vocabulary. One that the vocabulary already holds keeps its id there.
     *
     * @param file the root object of a tokenizer file
     * @param vocabulary the vocabulary of the model
     * @param normalizer rewrites the contents of those that are matched in normalised text, if there is one
     * @return the tokens
     * @throws ModelFormatException if a token is malformed or its id belongs to another one
     */
    static AddedTokens read(JsonObject file, Vocabulary vocabulary, @Nullable Normalizer normalizer) {
        List<@Nullable Object> listed = file.list("added_tokens");
        Map<String, AddedToken> tokens = new LinkedHashMap<>();
        for (int i = 0; listed != null && i < listed.size(); i++) {
            AddedToken token = read(file, "added_tokens[" + i + "]", listed.get(i), vocabulary);
            if (!token.content().isEmpty()) {
                tokens.put(token.content(), token);
            }
        }
        List<AddedToken> all = List.copyOf(tokens.values());
        List<AddedToken> raw = all.stream().filter(token -> !token.normalized()).toList();
        List<AddedToken> normalized =
                all.stream().filter(AddedToken::normalized).toList();
        List<String> contents = new ArrayList<>();
        Map<Integer, String> rewritten = new HashMap<>();
        for (AddedToken token : normalized) {
            String content = normalizer == null ? token.content() : normalizer.normalize(token.content());
            contents.add(content);
            if (!content.equals(token.content())) {
                rewritten.put(token.id(), content);
            }
        }
        return new AddedTokens(
                all,
                new AddedTokenMatcher(raw, raw.stream().map(AddedToken::content).toList()),
                new AddedTokenMatcher(normalized, contents),
                Map.copyOf(rewritten));
    }

    private static AddedToken read(JsonObject file, String key, @Nullable Object value, Vocabulary vocabulary) {
        JsonObject entry = TokenizerFile.object(file, key, value);
        String content = entry.string("content");
        if (content == null || content.length() > MAX_LENGTH) {
            throw entry.wrong("content", "a string of at most " + MAX_LENGTH + " characters", content);
        }
        int id = entry.integer("id", 0, Vocabulary.MAX_ID);
        int known = vocabulary.id(content);
        if (known >= 0 && known != id) {
            throw entry.wrong("id", known + ", the id of \"" + content + "\" in the vocabulary", (long) id);
        }
        if (known < 0 && !content.isEmpty()) {
            vocabulary.add(content, id, file.source() + ": \"" + entry.path() + ".id\"");
        }
        return new AddedToken(
                id,
                content,
                entry.flag("single_word", false),
                entry.flag("lstrip", false),
                entry.flag("rstrip", false),
                entry.flag("normalized", !entry.flag("special", false)),
                entry.flag("special", false));
    }
}
