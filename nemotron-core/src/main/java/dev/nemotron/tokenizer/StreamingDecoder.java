package dev.nemotron.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * Decodes tokens as they are generated. Text comes out as soon as it is certain and never in half characters; all that
 * came out, with {@link #finish}, is what {@link Tokenizer#decode} gives for all the tokens. Confined to one thread.
 */
public final class StreamingDecoder {

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private final StringBuilder ready = new StringBuilder();
    private final TokenSink stages;
    private boolean finished;

    StreamingDecoder(Tokenizer tokenizer, @Nullable Decoder decoder, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
        this.stages = decoder == null ? new SpacedText(ready) : decoder.open(new PlainText(ready));
    }

    /**
     * Takes the next token.
     *
     * @param id its id; one without a token, as padded vocabularies have, stands for nothing
     * @return the text that became certain, often one word, sometimes empty
     * @throws IllegalStateException after {@link #finish}
     */
    public String accept(int id) {
        push(id);
        return take();
    }

    /**
     * Ends the text.
     *
     * @return what was held back; an incomplete character becomes U+FFFD
     * @throws IllegalStateException if called twice
     */
    public String finish() {
        requireOpen();
        finished = true;
        stages.finish();
        return take();
    }

    void push(int id) {
        requireOpen();
        String token = tokenizer.decodable(id);
        if (token == null || (skipSpecialTokens && tokenizer.isSpecial(id))) {
            return;
        }
        stages.text(token);
        stages.endToken();
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("the text is finished");
        }
    }

    private String take() {
        String text = ready.toString();
        ready.setLength(0);
        return text;
    }

    /** The end of a chain of stages. */
    private record PlainText(StringBuilder text) implements TokenSink {

        @Override
        public void text(String part) {
            text.append(part);
        }

        @Override
        public void endToken() {
            // Tokens follow each other directly.
        }

        @Override
        public void finish() {
            // All is written.
        }
    }

    /** A file without a decoder: tokens with spaces between them. */
    private static final class SpacedText implements TokenSink {
        private final StringBuilder text;
        private boolean begun;

        SpacedText(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void text(String part) {
            text.append(begun ? " " : "").append(part);
            begun = true;
        }

        @Override
        public void endToken() {
            // The space comes with the next token, if there is one.
        }

        @Override
        public void finish() {
            // All is written.
        }
    }
}
