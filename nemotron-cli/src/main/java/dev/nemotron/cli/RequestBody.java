package dev.nemotron.cli;

import dev.nemotron.ChatRequest;
import dev.nemotron.InvalidRequestException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The body of a request to OpenAI's chat API: what is asked, and how the answer shall come.
 *
 * @param request what is asked
 * @param stream whether the answer shall come in pieces
 * @param usage whether a stream shall end with the count of its tokens
 */
record RequestBody(ChatRequest request, boolean stream, boolean usage) {

    /** Whatever the reader of requests has taken is fine. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Reads a body that the user wrote, so it may bring its own chat template.
     *
     * @param json a JSON object
     * @return the body
     * @throws InvalidRequestException if it is not such a body
     */
    static RequestBody read(String json) {
        ChatRequest request = ChatRequest.fromTrustedJson(json, false);
        boolean stream = false;
        boolean usage = false;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "stream" -> stream = flag(parser, "stream");
                    case "stream_options" -> usage = usage(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        return new RequestBody(request, stream, usage);
    }

    private static boolean usage(JsonParser parser) {
        boolean usage = false;
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidRequestException("stream_options", "must be an object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals("include_usage");
            parser.nextToken();
            if (wanted) {
                usage = flag(parser, "stream_options.include_usage");
            } else {
                parser.skipChildren();
            }
        }
        return usage;
    }

    private static boolean flag(JsonParser parser, String name) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw new InvalidRequestException(name, "must be true or false");
        };
    }
}
