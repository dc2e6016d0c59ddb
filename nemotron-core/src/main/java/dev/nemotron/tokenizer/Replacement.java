package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Puts one text in the place of another, as a normalizer or a decoder.
 *
 * @param regex what is replaced, or null
 * @param literal what is replaced where there is no expression
 * @param content what is put there
 * @param place file and key, for messages
 */
record Replacement(@Nullable RegexPattern regex, String literal, String content, String place) {

    private static final int MAX_CONTENT = 256;

    /** A chain of replacements must not double a text without end. */
    private static final long MAX_GROWN = 1 << 26;

    static Replacement read(JsonObject spec) {
        String content = TokenizerFile.string(spec, "content");
        if (content.length() > MAX_CONTENT) {
            throw spec.wrong("content", "a string of at most " + MAX_CONTENT + " characters", content);
        }
        TokenizerFile.Pattern pattern = TokenizerFile.pattern(spec);
        String expression = pattern.regex();
        RegexPattern regex = expression == null ? null : new RegexPattern(expression, pattern.place());
        return new Replacement(regex, pattern.literal(), content, pattern.place());
    }

    /** Tells whether each part of a text can be rewritten by itself. */
    boolean worksOnParts() {
        return literal.length() == 1;
    }

    String apply(String text) {
        if (content.length() > Math.max(1, literal.length()) && (long) text.length() * content.length() > MAX_GROWN) {
            throw new ModelFormatException(place + ": replacing it in " + text.length()
                    + " characters may give more than " + MAX_GROWN + " of them");
        }
        return regex == null ? text.replace(literal, content) : regex.replaceAll(text, content);
    }
}
