package dev.nemotron.engine;

import dev.nemotron.sampling.StopMatcher;
import dev.nemotron.tokenizer.StreamingDecoder;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tokens of an answer into text as they come: never half a character, and nothing that may yet turn out to be a
 * stop string. A closer ends the answer too, but belongs to it. Without a tokenizer there is no text. Confined to one thread.
 */
final class TextAssembler {

    private final @Nullable StreamingDecoder decoder;
    private final StopMatcher stops;
    private final StopMatcher closers;
    private final StringBuilder text = new StringBuilder();

    TextAssembler(@Nullable Tokenizer tokenizer, List<String> stopStrings, List<String> closers) {
        // Special tokens stay visible: a reader of reasoning and tool calls needs them.
        this.decoder = tokenizer == null ? null : tokenizer.stream(false);
        this.stops = new StopMatcher(stopStrings, false);
        this.closers = new StopMatcher(closers, true);
    }

    /** Takes a token and returns the text that is certain now, often none. */
    String accept(int token) {
        return decoder == null ? "" : keep(closers.push(stops.push(decoder.accept(token))));
    }

    /** Takes the end and returns what was held back. */
    String finish() {
        if (decoder == null) {
            return "";
        }
        String rest = "";
        if (!stopped()) {
            rest = stops.push(decoder.finish());
            rest = closers.push(stops.stopped() ? rest : rest + stops.finish());
        }
        return keep(closers.stopped() ? rest : rest + closers.finish());
    }

    /** Whether a stop string or a closer has come. */
    boolean stopped() {
        return stops.stopped() || closers.stopped();
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
