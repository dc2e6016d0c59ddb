package dev.nemotron.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A file that the user names on the command line, {@code -} for standard input. What is wrong with it is the user's to mend,
 * so it is reported as a wrong argument.
 */
final class InputFile {

    private static final int MAX_STRING = 1 << 30;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING)
                    .maxNestingDepth(64)
                    .build())
            .build();

    private final String option;
    private final String name;
    private final Terminal terminal;

    /**
     * Names a file.
     *
     * @param option the option that it was given for, for messages
     * @param name its path, or {@code -}
     * @param terminal where standard input comes from
     */
    InputFile(String option, String name, Terminal terminal) {
        this.option = option;
        this.name = name;
        this.terminal = terminal;
    }

    /**
     * Reads everything as text.
     *
     * @return the content
     */
    String text() {
        try (InputStream stream = open()) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stream.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("not valid UTF-8");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads a JSON array of token ids.
     *
     * @return at least one id
     * @throws IllegalArgumentException if the file cannot be read or holds anything else
     */
    List<Integer> ids() {
        try (InputStream stream = open();
                JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), stream)) {
            List<Integer> ids = new ArrayList<>();
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw wrong("expected a JSON array of token ids like [1, 2, 3]");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                        || json.getNumberType() != JsonParser.NumberType.INT) {
                    throw wrong("expected a JSON array of token ids, found " + json.getString() + " at index "
                            + ids.size());
                }
                ids.add(json.getIntValue());
            }
            if (json.nextToken() != null) {
                throw wrong("text after the JSON array");
            }
            if (ids.isEmpty()) {
                throw wrong("the array is empty, at least one token id is needed");
            }
            return ids;
        } catch (IOException e) {
            throw unreadable(e);
        } catch (JacksonException e) {
            throw wrong(JsonFault.sentence(e));
        }
    }

    /** What is done with each line of a file. */
    interface LineSink {
        /**
         * Takes one.
         *
         * @param line the line, not blank
         * @param number its number, from 1
         */
        void accept(String line, int number);
    }

    /**
     * Reads JSON lines that have a key {@code text}; empty lines are skipped.
     *
     * @param sink takes the texts, in order
     * @throws IllegalArgumentException if the file cannot be read, or a line is not of that kind
     */
    void texts(Consumer<String> sink) {
        lines((line, number) -> sink.accept(text(line, number)));
    }

    /**
     * Reads lines; blank ones are skipped.
     *
     * @param sink takes them, in order
     * @throws IllegalArgumentException if the file cannot be read
     */
    void lines(LineSink sink) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    sink.accept(line, number);
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String text(String line, int number) {
        String place = "line " + number + ": ";
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(place + "expected an object like {\"text\": \"...\"}");
            }
            String text = null;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = json.currentName().equals("text");
                JsonToken kind = json.nextToken();
                if (wanted && kind != JsonToken.VALUE_STRING) {
                    throw wrong(place + "the value of \"text\" must be a string");
                }
                if (wanted) {
                    text = json.getString();
                } else {
                    json.skipChildren();
                }
            }
            if (text == null) {
                throw wrong(place + "the key \"text\" is missing");
            }
            return text;
        } catch (JacksonException e) {
            throw wrong(place + JsonFault.sentence(e));
        }
    }

    private InputStream open() throws IOException {
        return name.equals("-") ? terminal.in() : Files.newInputStream(Path.of(name));
    }

    private IllegalArgumentException unreadable(IOException e) {
        return new IllegalArgumentException(option + ": cannot read " + name + " (" + e + ")", e);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(option + " " + name + ": " + what);
    }
}
