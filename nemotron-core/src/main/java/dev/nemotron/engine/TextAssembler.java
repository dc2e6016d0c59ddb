package dev.nemotron.engine;

import dev.nemotron.sampling.StopMatcher;
import dev.nemotron.tokenizer.StreamingDecoder;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tokens of an answer into text as they come: never half a character, and nothing that may yet turn out to be a
 * stop string. Without a tokenizer there is no text. Confined to one thread.
 */
final class TextAssembler {

    private final @Nullable StreamingDecoder decoder;
    private final StopMatcher stops;
    private final StringBuilder text = new StringBuilder();

    TextAssembler(@Nullable Tokenizer tokenizer, List<String> stopStrings) {
        // Special tokens stay visible: a reader of reasoning and tool calls needs them.
        this.decoder = tokenizer == null ? null : tokenizer.stream(false);
        this.stops = new StopMatcher(stopStrings, false);
    }

    /** Takes a token and returns the text that is certain now, often none. */
    String accept(int token) {
        return decoder == null ? "" : keep(stops.push(decoder.accept(token)));
    }

    /** Takes the end and returns what was held back. */
    String finish() {
        if (decoder == null || stops.stopped()) {
            return "";
        }
        String rest = stops.push(decoder.finish());
        return keep(stops.stopped() ? rest : rest + stops.finish());
    }

    /** Whether a stop string has come. */
    boolean stopped() {
        return stops.stopped();
    }

    /** Everything so far. */
    String text() {
        return text.toString();
    }

    private String keep(String piece) {
        text.append(piece);
        return piece;
    }
}
