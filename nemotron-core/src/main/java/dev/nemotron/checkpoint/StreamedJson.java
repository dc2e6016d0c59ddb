package dev.nemotron.checkpoint;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Streaming JSON for files with very many keys, with tight limits. */
final class StreamedJson {

    /** Names are not pooled: a checkpoint has hundreds of thousands of them, each once. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(100)
                    .maxStringLength(64 << 10)
                    .maxNameLength(64 << 10)
                    .build())
            .build();

    private StreamedJson() {}

    /**
     * Says in words what a parser found wrong.
     *
     * @param failure the parser's exception
     * @return its reason with the position, on one line
     */
    static String reason(JacksonException failure) {
        String message = failure.getOriginalMessage();
        String line = message == null
                ? failure.toString()
                : message.lines().findFirst().orElse("");
        return failure.getLocation() == null
                ? line
                : line + " (character " + failure.getLocation().getCharOffset() + ")";
    }

    /**
     * Names a token for messages.
     *
     * @param token a token, or null at the end of the document
     * @return for example {@code an object}
     */
    static String describe(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "the end of the text";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }
}
