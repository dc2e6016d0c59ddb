package dev.nemotron.tokenizer;

import java.util.Objects;

/**
 * A stretch of text and whether it may name special tokens: the words of a chat template may, the words of a user may
 * not.
 *
 * @param text the text
 * @param trusted whether added tokens are recognised in it
 */
public record TextSpan(String text, boolean trusted) {

    /** Checks that the text is there. */
    public TextSpan {
        Objects.requireNonNull(text, "text");
    }
}
