package dev.nemotron.cli;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the special tokens that a user gives on the command line, in the forms of {@code tokenizer_config.json}. */
final class SpecialTokens {

    private static final JsonFactory FACTORY = new JsonFactory();

    private SpecialTokens() {}

    /**
     * Reads an object of tokens by name: strings, or objects with a string {@code content}; null leaves a token out.
     *
     * @param json the object
     * @return the tokens
     * @throws IllegalArgumentException if it is anything else
     */
    static Map<String, String> parse(String json) {
        Map<String, String> tokens = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken kind = parser.nextToken();
                if (kind == JsonToken.VALUE_STRING) {
                    tokens.put(name, parser.getString());
                } else if (kind == JsonToken.START_OBJECT) {
                    tokens.put(name, content(parser));
                } else if (kind != JsonToken.VALUE_NULL) {
                    throw wrong();
                }
            }
            return tokens;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("--special: " + JsonFault.sentence(e), e);
        }
    }

    private static String content(JsonParser parser) {
        String content = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals("content");
            if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                content = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        if (content == null) {
            throw wrong();
        }
        return content;
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "--special: expected a JSON object of strings such as {\"bos_token\": \"<s>\"}");
    }
}
