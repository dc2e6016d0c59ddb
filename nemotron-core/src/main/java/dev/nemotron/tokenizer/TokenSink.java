package dev.nemotron.tokenizer;

/** One stage of decoding: takes tokens, each in one or several parts. */
interface TokenSink {

    /** Takes the next part of the current token. */
    void text(String part);

    /** Ends the current token. */
    void endToken();

    /** Ends the text. */
    void finish();
}
